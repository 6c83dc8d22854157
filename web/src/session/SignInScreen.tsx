import type { FormEvent } from "react";
import { useState } from "react";
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
    ? (
      <>
        New here? <button type="button" className="link-button" onClick={onSignUp}>Create an account</button>
      </>
    )
    : (
      "New here? Ask somebody who is already here for an invitation link."
    );

  return (
    <AuthCard title={`Sign in to ${server.name}`} below={below}>
      <form className="form" onSubmit={submit}>
        <Field
          label="User name"
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
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onValue={setPassword}
        />
        <FormError text={problem} />
        <Button type="submit" look="main" wide busy={busy}>Sign in</Button>
      </form>
    </AuthCard>
  );
}
