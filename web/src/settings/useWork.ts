import { useCallback, useRef, useState } from "react";
import { t } from "../i18n/translate";
import { ApiError } from "../session/api";
import { errorText } from "../session/errorText";

export interface Work {
  readonly busy: boolean;
  readonly problem: string | undefined;
  readonly setProblem: (problem: string | undefined) => void;
  /** Runs one thing at a time; what goes wrong becomes the problem. True when it went well. */
  readonly run: (what: () => Promise<void>) => Promise<boolean>;
}

/** The state around something that the server does for a form. */
export function useWork(): Work {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const running = useRef(false);
  const run = useCallback(async (what: () => Promise<void>) => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setProblem(undefined);
    try {
      await what();
      return true;
    } catch (error) {
      // Here only the password was asked for, not who one is.
      setProblem(error instanceof ApiError && error.code === "credentials" ? t("password.wrong") : errorText(error));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  return { busy, problem, setProblem, run };
}
