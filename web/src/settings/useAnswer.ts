import { useCallback, useEffect, useState } from "react";
import { errorText } from "../session/errorText";

export interface AnswerState<T> {
  readonly value: T | undefined;
  readonly problem: string | undefined;
  /** Asks again; what is shown stays until the answer is there. */
  readonly reload: () => void;
  readonly setValue: (value: T | undefined) => void;
}

/** What the server says to a question, asked when the screen opens and again whenever `ask` is another function. */
export function useAnswer<T>(ask: () => Promise<T>): AnswerState<T> {
  const [value, setValue] = useState<T>();
  const [problem, setProblem] = useState<string>();
  const [round, setRound] = useState(0);
  useEffect(() => {
    let wanted = true;
    const run = async () => {
      try {
        const answer = await ask();
        if (!wanted) return;
        setValue(answer);
        setProblem(undefined);
      } catch (error) {
        if (wanted) setProblem(errorText(error));
      }
    };
    void run();
    return () => {
      wanted = false;
    };
  }, [ask, round]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { value, problem, reload, setValue };
}
