import { useCallback, useEffect, useRef, useState } from "react";
import { useConnection } from "../app/session";
import { refusalSentence } from "../session/errorText";
import type { Hit } from "../socket/wireRooms";

export interface Hits {
  readonly hits: readonly Hit[] | undefined;
  readonly problem: string | undefined;
  readonly more: (() => void) | undefined;
}

const pause = 250;

/** Messages that fit the line, newest first; asked a moment after the last letter. Nothing for an empty line. */
export function useSearchHits(q: string): Hits {
  const connection = useConnection();
  const [state, setState] = useState<{ hits?: readonly Hit[]; next?: number | undefined; problem?: string }>({});
  const round = useRef(0);

  const ask = useCallback(async (before: number | undefined) => {
    const mine = ++round.current;
    const answer = await connection.request("search", {
      q,
      tz: -new Date().getTimezoneOffset(),
      ...(before !== undefined && { before }),
    });
    if (mine !== round.current) return;
    setState((old) =>
      answer.ok
        ? {
          hits: before === undefined ? answer.hits : [...old.hits ?? [], ...answer.hits],
          next: answer.next ?? undefined,
        }
        : { ...old, problem: refusalSentence(answer) }
    );
  }, [connection, q]);

  useEffect(() => {
    if (q === "") {
      setState({});
      return undefined;
    }
    const timer = setTimeout(() => void ask(undefined), pause);
    return () => {
      clearTimeout(timer);
      round.current += 1;
    };
  }, [ask, q]);

  const { hits, next, problem } = state;
  return { hits, problem, more: next === undefined ? undefined : () => void ask(next) };
}
