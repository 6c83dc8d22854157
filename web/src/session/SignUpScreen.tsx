import type { ReactNode } from "react";
import { useEffect, useState } from "react";
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

  const below: ReactNode = (
    <>
      You have an account? <button type="button" className="link-button" onClick={onSignIn}>Sign in</button>
    </>
  );
  if (check === "asking") {
    return <AuthCard title={`Join ${server.name}`} text="Looking at your invitation…">{null}</AuthCard>;
  }
  if (check === "unusable") {
    return (
      <AuthCard title="This invitation is no longer valid" text="It has expired or was used. Ask for a new link.">
        <Button look="main" wide onClick={onSignIn}>Go to sign in</Button>
      </AuthCard>
    );
  }
  if ("problem" in check) {
    return (
      <AuthCard title={`Join ${server.name}`} text={check.problem}>
        <Button look="main" wide onClick={() => setRound(round + 1)}>Try again</Button>
      </AuthCard>
    );
  }
  const create = (account: NewAccount) => api.signUp(invite === undefined ? account : { ...account, invite });
  const text = check.by
    ? (
      <>
        <strong>{check.by}</strong> invites you to {server.name}.
      </>
    )
    : "Create your account to start talking.";
  return (
    <AuthCard title={`Join ${server.name}`} text={text} below={below}>
      <AccountForm action="Create account" create={create} onDone={onDone} />
    </AuthCard>
  );
}
