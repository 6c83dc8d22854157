import { t } from "../i18n/translate";
import type { NewAccount } from "./api";

/** A user name made from the name that a person types, until they choose one: "Zoë O'Neil" gives "zoe.oneil". */
export function suggestedUsername(name: string): string {
  const plain = name.normalize("NFKD").replace(/[\u0300-\u036f'\u2019]/g, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, ".").replace(/^\.+|\.+$/g, "").slice(0, 32).replace(/\.+$/, "");
}

/** What the server would not accept (docs/realtime-api.md, section 1), said before it is asked; undefined when all is well. */
export function accountProblem({ name, username, password }: NewAccount): string | undefined {
  if (name === "" || length(name) > 64) return t("account.badName");
  if (!/^[a-z0-9][a-z0-9._-]{1,31}$/.test(username)) {
    return t("account.badUsername");
  }
  return passwordProblem(password);
}

export function passwordProblem(password: string): string | undefined {
  if (length(password) < 10) return t("account.shortPassword");
  return length(password) > 256 ? t("account.longPassword") : undefined;
}

function length(text: string): number {
  return [...text].length;
}
