import { useCallback, useEffect, useState } from "react";
import { followAccount, language } from "../i18n/language";
import { t } from "../i18n/translate";
import type { ServerState } from "../session/api";
import { AuthCard } from "../session/AuthCard";
import { JoinScreen, SignUpScreen } from "../session/JoinScreen";
import { ResetScreen } from "../session/ResetScreen";
import { SetupScreen } from "../session/SetupScreen";
import { SignInScreen } from "../session/SignInScreen";

import { followAccountPreferences } from "../settings/preferences";
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
  const enter = (me: User, name = server.name) => {
    if (route.get().kind === "join") replaceWith("/");
    setServer({ ...server, setup: false, name, me });
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
  readonly onEnter: (me: User, serverName?: string) => void;
  readonly onLeave: () => void;
}

function Screen({ server, onEnter, onLeave }: ScreenProps) {
  const where = useStore(route, (now) => now);
  const spoken = useStore(language, (now) => now);
  const [signsUp, setSignsUp] = useState(false);
  const [note, setNote] = useState<"ended" | "reset">();

  useEffect(() => void followAccount(server.me?.locale), [server.me?.locale]);
  useEffect(() => followAccountPreferences(server.me?.prefs), [server.me?.prefs]);

  const toSignIn = () => {
    setSignsUp(false);
    replaceWith("/");
  };
  const ended = useCallback(() => {
    setNote("ended");
    onLeave();
  }, [onLeave]);

  if (where.kind === "reset") {
    const done = () => {
      setNote("reset");
      toSignIn();
      onLeave(); // whoever was signed in here is not any more
    };
    return <ResetScreen key={spoken} code={where.code} onDone={done} onSignIn={toSignIn} />;
  }
  if (where.kind === "join" && !server.setup) {
    return <JoinScreen key={spoken} server={server} code={where.code} onDone={onEnter} onSignIn={toSignIn} />;
  }
  if (server.me) {
    return <SignedIn key={server.me.u} me={server.me} server={server} onLeave={onLeave} onEnded={ended} />;
  }
  if (server.setup) return <SetupScreen key={spoken} onDone={onEnter} />;
  if (signsUp && server.signup === "open") {
    return <SignUpScreen key={spoken} server={server} onDone={onEnter} onSignIn={toSignIn} />;
  }
  return (
    <SignInScreen
      key={spoken}
      server={server}
      note={note && t(note === "ended" ? "app.ended" : "reset.done")}
      onDone={onEnter}
      onSignUp={() => setSignsUp(true)}
    />
  );
}
