import { t } from "../i18n/translate";
import type { User } from "../socket/wire";
import { AccountForm } from "./AccountForm";
import { api } from "./api";
import { AuthCard } from "./AuthCard";

/** The very first visit: whoever comes here becomes the administrator. */
export function SetupScreen({ onDone }: { onDone: (me: User) => void }) {
  return (
    <AuthCard
      title={t("setup.title")}
      text={t("setup.text")}
    >
      <AccountForm action={t("account.create")} create={api.setUp} onDone={onDone} />
    </AuthCard>
  );
}
