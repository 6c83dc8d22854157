import type { FormEvent } from "react";
import { useState } from "react";
import { t } from "../i18n/translate";
import type { User } from "../socket/wire";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { FormError } from "../ui/FormError";
import type { NewAccount } from "./api";
import { accountProblem, suggestedUsername } from "./account";
import { errorText } from "./errorText";

interface AccountFormProps {
  readonly action: string;
  readonly create: (account: NewAccount) => Promise<{ me: User }>;
  readonly onDone: (me: User) => void;
}

/** Name, user name and password of a new account: for the first one, for an invited one, for an open server. */
export function AccountForm({ action, create, onDone }: AccountFormProps) {
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string>();
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const username = chosen ?? suggestedUsername(name);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const account: NewAccount = { name: name.trim(), username: username.trim().toLowerCase(), password };
    const wrong = accountProblem(account);
    setProblem(wrong);
    if (wrong) return;
    setBusy(true);
    try {
      const { me } = await create(account);
      onDone(me);
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  }

  return (
    <form className="form" onSubmit={submit} noValidate>
      <Field
        label={t("account.name")}
        name="name"
        autoComplete="name"
        autoFocus
        required
        maxLength={64}
        value={name}
        onValue={setName}
        hint={t("account.nameHint")}
      />
      <Field
        label={t("account.username")}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        required
        maxLength={32}
        value={username}
        onValue={setChosen}
      />
      <Field
        label={t("account.password")}
        name="password"
        type="password"
        autoComplete="new-password"
        required
        maxLength={256}
        value={password}
        onValue={setPassword}
        hint={t("account.passwordHint")}
      />
      <FormError text={problem} />
      <Button type="submit" look="main" wide busy={busy}>{action}</Button>
    </form>
  );
}
