import type { FormEvent } from "react";
import { useCallback, useState } from "react";
import { t } from "../i18n/translate";
import { useAnswer } from "../settings/useAnswer";
import { useWork } from "../settings/useWork";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { FormError } from "../ui/FormError";
import { passwordProblem } from "./account";
import { api } from "./api";
import { AuthCard } from "./AuthCard";

/** The end of a link that an administrator handed over: choose a password. */
export function ResetScreen({ code, onDone, onSignIn }: { code: string; onDone: () => void; onSignIn: () => void }) {
  const answer = useAnswer(useCallback(() => api.resetLink(code), [code]));
  const [password, setPassword] = useState("");
  const { busy, problem, setProblem, run } = useWork();
  const username = answer.value?.username;

  async function submit(event: FormEvent) {
    event.preventDefault();
    const wrong = passwordProblem(password);
    setProblem(wrong);
    if (!wrong && await run(() => api.reset(code, password))) onDone();
  }

  if (answer.problem) {
    return (
      <AuthCard title={t("reset.title")} text={answer.problem}>
        <Button look="main" wide onClick={answer.reload}>{t("app.retry")}</Button>
      </AuthCard>
    );
  }
  if (!answer.value) return <AuthCard title={t("reset.title")} />;
  if (!answer.value.valid) {
    return (
      <AuthCard title={t("reset.invalid")} text={t("reset.invalidText")}>
        <Button look="main" wide onClick={onSignIn}>{t("join.toSignIn")}</Button>
      </AuthCard>
    );
  }
  return (
    <AuthCard title={t("reset.title")} text={username ? t("reset.for", { name: username }) : undefined}>
      <form className="form" onSubmit={(event) => void submit(event)} noValidate>
        <input type="text" autoComplete="username" value={username ?? ""} readOnly hidden />
        <Field
          label={t("reset.password")}
          type="password"
          autoComplete="new-password"
          autoFocus
          maxLength={256}
          value={password}
          onValue={setPassword}
          hint={t("account.passwordHint")}
        />
        <FormError text={problem} />
        <Button type="submit" look="main" wide busy={busy}>{t("reset.action")}</Button>
      </form>
    </AuthCard>
  );
}
