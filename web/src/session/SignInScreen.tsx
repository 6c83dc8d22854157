import type { FormEvent } from "react";
import { useState } from "react";
import { rich, t } from "../i18n/translate";
import type { User } from "../socket/wire";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { FormError } from "../ui/FormError";
import type { ServerState } from "./api";
import { api } from "./api";
import { AuthCard } from "./AuthCard";
import { errorText } from "./errorText";

interface SignInScreenProps {
  readonly server: ServerState;
  readonly onDone: (me: User) => void;
  readonly onSignUp: () => void;
}

export function SignInScreen({ server, onDone, onSignUp }: SignInScreenProps) {
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const { me } = await api.signIn(username.trim(), password);
      onDone(me);
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  }

  const below = server.signup === "open"
    ? rich("signin.newOpen", {
      link: <button type="button" className="link-button" onClick={onSignUp}>{t("signin.newLink")}</button>,
    })
    : t("signin.newInvite");

  return (
    <AuthCard title={t("signin.title", { server: server.name })} below={below}>
      <form className="form" onSubmit={submit}>
        <Field
          label={t("account.username")}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          autoFocus
          required
          value={username}
          onValue={setUsername}
        />
        <Field
          label={t("account.password")}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onValue={setPassword}
        />
        <FormError text={problem} />
        <Button type="submit" look="main" wide busy={busy}>{t("signin.action")}</Button>
      </form>
    </AuthCard>
  );
}
