import { useCallback, useEffect, useState } from "react";
import { followAccount, language } from "../i18n/language";
import { t } from "../i18n/translate";
import type { ServerState } from "../session/api";
import { AuthCard } from "../session/AuthCard";
import { SignInScreen } from "../session/SignInScreen";

import { followAccountPreferences } from "../settings/preferences";
import type { User } from "../socket/wire";
import { Button } from "../ui/Button";
import { useStore } from "../ui/Store";
import { Toasts } from "../ui/Toasts";
import { UpdateNotice } from "../worker/UpdateNotice";
import { Late } from "./Late";
import { LoadingHeading } from "./LoadingHeading";
import { loadEntrance } from "./parts";
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
  if (!server) return <Opening />;
  const enter = (me: User, name = server.name) => {
    if (route.get().kind === "join") replaceWith("/");
    setServer({ ...server, setup: false, name, me });
  };
  return (
    <>
      <Screen server={server} onEnter={enter} onLeave={ask} />
      <Toasts />
      <UpdateNotice />
    </>
  );
}

/** The page before anybody knows who is there. */
function Opening() {
  return (
    <main>
      <LoadingHeading />
    </main>
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
    return (
      <Late load={loadEntrance} heading={<Opening />}>
        {(part) => <part.ResetScreen key={spoken} code={where.code} onDone={done} onSignIn={toSignIn} />}
      </Late>
    );
  }
  if (where.kind === "join" && !server.setup) {
    const { code } = where;
    return (
      <Late load={loadEntrance} heading={<Opening />}>
        {(part) => <part.JoinScreen key={spoken} server={server} code={code} onDone={onEnter} onSignIn={toSignIn} />}
      </Late>
    );
  }
  if (server.me) {
    return <SignedIn key={server.me.u} me={server.me} server={server} onLeave={onLeave} onEnded={ended} />;
  }
  if (server.setup) {
    return (
      <Late load={loadEntrance} heading={<Opening />}>
        {(part) => <part.SetupScreen key={spoken} onDone={onEnter} />}
      </Late>
    );
  }
  if (signsUp && server.signup === "open") {
    return (
      <Late load={loadEntrance} heading={<Opening />}>
        {(part) => <part.SignUpScreen key={spoken} server={server} onDone={onEnter} onSignIn={toSignIn} />}
      </Late>
    );
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
