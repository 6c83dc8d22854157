import type { FormEvent } from "react";
import { useState } from "react";
import { useChatState } from "../app/session";
import { t } from "../i18n/translate";
import { passwordProblem } from "../session/account";
import { Button } from "../ui/Button";
import { Part } from "../ui/Desk";
import { Field } from "../ui/Field";
import { FormError } from "../ui/FormError";
import { toast } from "../ui/toast";
import { accountApi } from "./accountApi";
import { useWork } from "./useWork";

export function PasswordPage() {
  const username = useChatState((state) => state.me.username);
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const { busy, problem, setProblem, run } = useWork();

  async function change(event: FormEvent) {
    event.preventDefault();
    const wrong = current === "" ? t("password.currentMissing") : passwordProblem(password);
    setProblem(wrong);
    if (wrong) return;
    if (!await run(() => accountApi.changePassword(current, password))) return;
    setCurrent("");
    setPassword("");
    toast(t("password.done"));
  }

  return (
    <Part text={t("password.text")}>
      <form className="form" onSubmit={(event) => void change(event)} noValidate>
        <input type="text" autoComplete="username" value={username} readOnly hidden />
        <Field
          label={t("password.current")}
          type="password"
          autoComplete="current-password"
          value={current}
          onValue={setCurrent}
        />
        <Field
          label={t("password.new")}
          type="password"
          autoComplete="new-password"
          maxLength={256}
          value={password}
          onValue={setPassword}
          hint={t("account.passwordHint")}
        />
        <FormError text={problem} />
        <div className="part-buttons">
          <Button type="submit" look="main" busy={busy}>{t("password.action")}</Button>
        </div>
      </form>
    </Part>
  );
}
