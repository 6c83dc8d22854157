import type { FormEvent } from "react";
import { useState } from "react";
import { replaceWith } from "../app/route";
import { t } from "../i18n/translate";
import type { User } from "../socket/wire";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { FormError } from "../ui/FormError";
import { AccountForm } from "./AccountForm";
import type { NewAccount } from "./api";
import { api } from "./api";
import { AuthCard } from "./AuthCard";
import { LinkButton } from "./SignInScreen";

/** The very first visit, in three steps: the server's name, the administrator's account, then (WelcomeScreen) a room and a link. */
export function SetupScreen({ onDone }: { onDone: (me: User, serverName: string) => void }) {
  const [step, setStep] = useState<1 | 2>(1);
  const [name, setName] = useState("Parley");
  const [problem, setProblem] = useState<string>();

  function next(event: FormEvent) {
    event.preventDefault();
    const fits = name.trim() !== "" && [...name.trim()].length <= 64;
    setProblem(fits ? undefined : t("setup.nameMissing"));
    if (fits) setStep(2);
  }

  async function create(account: NewAccount) {
    const made = await api.setUp(account);
    // The account is there now; a name that could not be kept can be set again in the administration.
    await api.saveSettings({ name: name.trim() }).catch(() => undefined);
    return made;
  }

  if (step === 1) {
    return (
      <AuthCard title={t("setup.title")} text={t("setup.text")} step={1}>
        <form className="form" onSubmit={next} noValidate>
          <Field
            label={t("setup.name")}
            autoFocus
            autoComplete="organization"
            maxLength={64}
            value={name}
            onValue={setName}
            hint={t("setup.nameHint")}
          />
          <FormError text={problem} />
          <Button type="submit" look="main" wide>{t("setup.next")}</Button>
        </form>
      </AuthCard>
    );
  }
  return (
    <AuthCard
      title={t("setup.accountTitle")}
      text={t("setup.accountText")}
      step={2}
      below={<LinkButton onPress={() => setStep(1)}>{t("app.back")}</LinkButton>}
    >
      <AccountForm
        action={t("account.create")}
        create={create}
        onDone={(me) => {
          replaceWith("/welcome");
          onDone(me, name.trim());
        }}
      />
    </AuthCard>
  );
}
