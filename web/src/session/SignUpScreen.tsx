import { useEffect, useState } from "react";
import { rich, t } from "../i18n/translate";
import type { User } from "../socket/wire";
import { Button } from "../ui/Button";
import { AccountForm } from "./AccountForm";
import type { NewAccount, ServerState } from "./api";
import { api } from "./api";
import { AuthCard } from "./AuthCard";
import { errorText } from "./errorText";

interface SignUpScreenProps {
  readonly server: ServerState;
  /** From the link /join/<code>; undefined on a server that is open to everybody. */
  readonly invite: string | undefined;
  readonly onDone: (me: User) => void;
  readonly onSignIn: () => void;
}

type Check = "asking" | "unusable" | { readonly by: string | undefined } | { readonly problem: string };

export function SignUpScreen({ server, invite, onDone, onSignIn }: SignUpScreenProps) {
  const [check, setCheck] = useState<Check>(invite === undefined ? { by: undefined } : "asking");
  const [round, setRound] = useState(0);

  useEffect(() => {
    if (invite === undefined) return undefined;
    let wanted = true;
    api.invitation(invite).then(
      ({ valid, by }) => wanted && setCheck(valid ? { by } : "unusable"),
      (error: unknown) => wanted && setCheck({ problem: errorText(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [invite, round]);

  const below = rich("join.have", {
    link: <button type="button" className="link-button" onClick={onSignIn}>{t("signin.action")}</button>,
  });
  if (check === "asking") {
    return <AuthCard title={t("join.title", { server: server.name })} text={t("join.asking")}>{null}</AuthCard>;
  }
  if (check === "unusable") {
    return (
      <AuthCard title={t("join.invalid")} text={t("join.invalidText")}>
        <Button look="main" wide onClick={onSignIn}>{t("join.toSignIn")}</Button>
      </AuthCard>
    );
  }
  if ("problem" in check) {
    return (
      <AuthCard title={t("join.title", { server: server.name })} text={check.problem}>
        <Button look="main" wide onClick={() => setRound(round + 1)}>{t("app.retry")}</Button>
      </AuthCard>
    );
  }
  const create = (account: NewAccount) => api.signUp(invite === undefined ? account : { ...account, invite });
  const text = check.by ? rich("join.by", { by: <strong>{check.by}</strong>, server: server.name }) : t("join.open");
  return (
    <AuthCard title={t("join.title", { server: server.name })} text={text} below={below}>
      <AccountForm action={t("account.create")} create={create} onDone={onDone} />
    </AuthCard>
  );
}
