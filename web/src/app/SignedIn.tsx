import { useCallback, useEffect, useMemo, useState } from "react";
import { Drafts } from "../composer/Drafts";
import { language } from "../i18n/language";
import { t } from "../i18n/translate";
import { api } from "../session/api";
import { ChatSession } from "../session/ChatSession";
import type { User } from "../socket/wire";
import { useStore } from "../ui/Store";
import { toast } from "../ui/toast";
import { SessionContext } from "./session";
import { Shell } from "./Shell";

interface SignedInProps {
  readonly me: User;
  readonly serverName: string;
  readonly onLeave: () => void;
}

/** Starts the session of the person who is signed in, and ends it when they leave. */
export function SignedIn({ me, serverName, onLeave }: SignedInProps) {
  const [session, setSession] = useState<ChatSession>();
  const spoken = useStore(language, (now) => now);
  const drafts = useMemo(() => new Drafts(me.u), [me.u]);

  useEffect(() => {
    const started = new ChatSession(me, () => {
      toast(t("app.ended"));
      onLeave();
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
  }, [me.u, drafts, onLeave]);

  const signOut = useCallback(async () => {
    await api.signOut();
    await session?.clearStored();
    drafts.forget();
    onLeave();
  }, [session, drafts, onLeave]);

  const value = useMemo(() => session && { session, drafts, signOut }, [session, drafts, signOut]);
  if (!value) return null;
  return (
    <SessionContext.Provider value={value}>
      <Shell key={spoken} serverName={serverName} />
    </SessionContext.Provider>
  );
}
