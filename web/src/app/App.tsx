import { useEffect, useState } from "react";
import { t } from "../i18n/translate";
import type { ServerState } from "../session/api";
import { AuthCard } from "../session/AuthCard";
import { SetupScreen } from "../session/SetupScreen";
import { SignInScreen } from "../session/SignInScreen";
import { SignUpScreen } from "../session/SignUpScreen";
import type { User } from "../socket/wire";
import { Button } from "../ui/Button";
import { useStore } from "../ui/Store";
import { Toasts } from "../ui/Toasts";
import { replaceWith, route } from "./route";
import { SignedIn } from "./SignedIn";
import { useServerState } from "./useServerState";

/** Finds out who is there, and shows the screen for it. */
export function App() {
  const { server, problem, ask, setServer } = useServerState();
  if (problem) {
    return (
      <AuthCard title="Parley" text={problem}>
        <Button look="main" wide onClick={ask}>{t("app.retry")}</Button>
      </AuthCard>
    );
  }
  if (!server) return null;
  const enter = (me: User) => {
    if (route.get().kind === "join") replaceWith("/");
    setServer({ ...server, setup: false, me });
  };
  return (
    <>
      <Screen server={server} onEnter={enter} onLeave={ask} />
      <Toasts />
    </>
  );
}

interface ScreenProps {
  readonly server: ServerState;
  readonly onEnter: (me: User) => void;
  readonly onLeave: () => void;
}

function Screen({ server, onEnter, onLeave }: ScreenProps) {
  const where = useStore(route, (now) => now);
  const [signsUp, setSignsUp] = useState(false);
  const invite = where.kind === "join" ? where.code : undefined;

  useEffect(() => {
    if (server.me && invite !== undefined) replaceWith("/");
  }, [server.me, invite]);

  const toSignIn = () => {
    setSignsUp(false);
    if (invite !== undefined) replaceWith("/");
  };
  if (server.me) return <SignedIn key={server.me.u} me={server.me} serverName={server.name} onLeave={onLeave} />;
  if (server.setup) return <SetupScreen onDone={onEnter} />;
  if (invite !== undefined || (signsUp && server.signup === "open")) {
    return <SignUpScreen server={server} invite={invite} onDone={onEnter} onSignIn={toSignIn} />;
  }
  return <SignInScreen server={server} onDone={onEnter} onSignUp={() => setSignsUp(true)} />;
}
