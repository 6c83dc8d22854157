import { useCallback, useEffect, useMemo, useState } from "react";
import { Drafts } from "../composer/Drafts";
import { language } from "../i18n/language";
import type { ServerState } from "../session/api";
import { forgetPush } from "../notices/push";
import { api } from "../session/api";
import { ChatSession } from "../session/ChatSession";
import type { User } from "../socket/wire";
import { useStore } from "../ui/Store";
import { LoadingHeading } from "./LoadingHeading";
import { replaceWith } from "./route";
import { SessionContext } from "./session";
import { Shell } from "./Shell";

interface SignedInProps {
  readonly me: User;
  readonly server: ServerState;
  readonly onLeave: () => void;
  /** The server does not know the session any more. */
  readonly onEnded: () => void;
}

/** Starts the session of the person who is signed in, and ends it when they leave. */
export function SignedIn({ me, server, onLeave, onEnded }: SignedInProps) {
  const [session, setSession] = useState<ChatSession>();
  const spoken = useStore(language, (now) => now);
  const drafts = useMemo(() => new Drafts(me.u), [me.u]);

  useEffect(() => {
    const started = new ChatSession(me, () => {
      onEnded();
    });
    started.start();
    setSession(started);
    const keep = () => drafts.save();
    addEventListener("pagehide", keep);
    return () => {
      removeEventListener("pagehide", keep);
      drafts.save();
      started.stop();
    };
    // One session for one person: a new `me` object of the same person does not restart it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [me.u, drafts, onEnded]);

  const signOut = useCallback(async () => {
    await forgetPush();
    await api.signOut();
    await session?.clearStored();
    drafts.forget();
    replaceWith("/");
    onLeave();
  }, [session, drafts, onLeave]);

  const value = useMemo(() => session && { session, drafts, server, signOut }, [session, drafts, server, signOut]);
  if (!value) {
    return (
      <main>
        <LoadingHeading />
      </main>
    );
  }
  return (
    <SessionContext.Provider value={value}>
      <Shell key={spoken} serverName={server.name} />
    </SessionContext.Provider>
  );
}
