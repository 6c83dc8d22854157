import { useCallback, useEffect, useRef, useState } from "react";
import { errorText } from "../session/errorText";

export interface Pages<T> {
  readonly items: readonly T[] | undefined;
  readonly problem: string | undefined;
  /** Undefined when there is no more. */
  readonly more: (() => void) | undefined;
  readonly reload: () => void;
}

interface Page<T, N> {
  readonly items: readonly T[];
  readonly next?: N | null | undefined;
}

/** A long list of the server in pieces; it begins anew when `ask` is another function. */
export function usePages<T, N extends string | number>(ask: (after?: N) => Promise<Page<T, N>>): Pages<T> {
  const [items, setItems] = useState<readonly T[]>();
  const [next, setNext] = useState<N>();
  const [problem, setProblem] = useState<string>();
  const round = useRef(0);

  const load = useCallback(async (after: N | undefined) => {
    const mine = ++round.current; // only the latest question counts
    try {
      const page = await ask(after);
      if (mine !== round.current) return;
      setItems((before) => (after === undefined ? page.items : [...before ?? [], ...page.items]));
      setNext(page.next ?? undefined);
      setProblem(undefined);
    } catch (error) {
      if (mine === round.current) setProblem(errorText(error));
    }
  }, [ask]);

  useEffect(() => {
    void load(undefined);
    return () => {
      round.current += 1;
    };
  }, [load]);

  const reload = useCallback(() => void load(undefined), [load]);
  return { items, problem, more: next === undefined ? undefined : () => void load(next), reload };
}
