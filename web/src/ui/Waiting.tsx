import type { ReactNode } from "react";
import { t } from "../i18n/translate";
import type { AnswerState } from "../settings/useAnswer";
import { Button } from "./Button";
import { FormError } from "./FormError";
import "./Waiting.css";

/** What the server said, once it has; until then a quiet place, or why there is nothing. */
export function Waiting<T>({ answer, children }: { answer: AnswerState<T>; children: (value: T) => ReactNode }) {
  if (answer.value !== undefined) return <>{children(answer.value)}</>;
  if (answer.problem === undefined) return <div className="waiting" aria-busy="true" />;
  return (
    <div className="waiting-problem">
      <FormError text={answer.problem} />
      <Button icon="retry" onClick={answer.reload}>{t("app.retry")}</Button>
    </div>
  );
}
