import { useCallback, useEffect, useState } from "react";
import type { ServerState } from "../session/api";
import { api } from "../session/api";
import { errorText } from "../session/errorText";
import { backoff } from "../socket/backoff";

export interface ServerQuestion {
  readonly server: ServerState | undefined;
  /** Why there is no answer; a single failure is repeated before anybody hears of it. */
  readonly problem: string | undefined;
  readonly ask: () => void;
  readonly setServer: (server: ServerState) => void;
}

/** Asks the server who I am, and goes on asking until it answers. */
export function useServerState(): ServerQuestion {
  const [server, setServer] = useState<ServerState>();
  const [problem, setProblem] = useState<string>();
  const [round, setRound] = useState(0);
  const ask = useCallback(() => setRound((before) => before + 1), []);

  useEffect(() => {
    let wanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const attempt = async (tries: number) => {
      try {
        const answer = await api.state();
        if (!wanted) return;
        setServer(answer);
        setProblem(undefined);
      } catch (error) {
        if (!wanted) return;
        if (tries > 1) setProblem(errorText(error));
        timer = setTimeout(() => void attempt(tries + 1), tries === 1 ? 300 : backoff(tries, Math.random()));
      }
    };
    void attempt(1);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [round]);

  return { server, problem, ask, setServer };
}
