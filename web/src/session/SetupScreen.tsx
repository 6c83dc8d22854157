import type { User } from "../socket/wire";
import { AccountForm } from "./AccountForm";
import { api } from "./api";
import { AuthCard } from "./AuthCard";

/** The very first visit: whoever comes here becomes the administrator. */
export function SetupScreen({ onDone }: { onDone: (me: User) => void }) {
  return (
    <AuthCard
      title="Welcome to Parley"
      text="This server is new. Create the first account: it will be the administrator's."
    >
      <AccountForm action="Create account" create={api.setUp} onDone={onDone} />
    </AuthCard>
  );
}
