import type { FormEvent, ReactNode } from "react";
import { useState } from "react";
import { rich, t } from "../i18n/translate";
import type { User } from "../socket/wire";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { FormError } from "../ui/FormError";
import type { ServerState } from "./api";
import { api, ApiError } from "./api";
import { AuthCard } from "./AuthCard";
import { errorText } from "./errorText";

interface SignInScreenProps {
  readonly server: ServerState;
  /** Why the person is here, when they did not ask for it. */
  readonly note?: string | undefined;
  readonly onDone: (me: User) => void;
  readonly onSignUp: () => void;
}

type Step = "password" | "code" | "banned" | "deactivated";

export function SignInScreen({ server, note, onDone, onSignUp }: SignInScreenProps) {
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [step, setStep] = useState<Step>("password");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    const credentials = { username: username.trim(), password };
    try {
      const { me } = await api.signIn(step === "code" ? { ...credentials, code: code.trim() } : credentials);
      onDone(me);
    } catch (error) {
      setBusy(false);
      const next = stepAfter(error);
      if (next) setStep(next);
      else setProblem(errorText(error));
    }
  }

  function again() {
    setStep("password");
    setPassword("");
    setCode("");
    setProblem(undefined);
  }

  if (step === "banned" || step === "deactivated") {
    return (
      <AuthCard
        title={t(step === "banned" ? "signin.banned" : "signin.deactivated", { server: server.name })}
        text={t(step === "banned" ? "signin.bannedText" : "signin.deactivatedText")}
      >
        <Button look="main" wide onClick={again}>{t("signin.other")}</Button>
      </AuthCard>
    );
  }
  if (step === "code") {
    return (
      <AuthCard
        title={t("signin.codeTitle")}
        text={t("signin.codeText")}
        below={<LinkButton onPress={again}>{t("signin.other")}</LinkButton>}
      >
        <form className="form" onSubmit={(event) => void submit(event)} noValidate>
          <Field
            label={t("signin.code")}
            name="code"
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            maxLength={32}
            value={code}
            onValue={setCode}
            hint={t("signin.codeHint")}
          />
          <FormError text={problem} />
          <Button type="submit" look="main" wide busy={busy}>{t("signin.action")}</Button>
        </form>
      </AuthCard>
    );
  }
  const below = server.signup === "open"
    ? rich("signin.newOpen", { link: <LinkButton onPress={onSignUp}>{t("signin.newLink")}</LinkButton> })
    : t("signin.newInvite");
  return (
    <AuthCard title={t("signin.title", { server: server.name })} text={note} below={below}>
      <form className="form" onSubmit={(event) => void submit(event)}>
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

/** Refusals that lead to another screen and are no fault of what was typed. */
function stepAfter(error: unknown): Step | undefined {
  if (!(error instanceof ApiError)) return undefined;
  if (error.code === "totp_required") return "code";
  return error.code === "banned" || error.code === "deactivated" ? error.code : undefined;
}

export function LinkButton({ onPress, children }: { onPress: () => void; children: ReactNode }) {
  return <button type="button" className="link-button" onClick={onPress}>{children}</button>;
}
