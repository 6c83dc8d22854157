import type { Key } from "../i18n/translate";
import { hasText, t } from "../i18n/translate";

/** Why the server refused a message for good, for the person who wrote it. */
export function refusalText(problem: { readonly code: string; readonly message: string } | undefined): string {
  const key = `refusal.${problem?.code ?? ""}`;
  return hasText(key) ? t(key as "refusal.invalid" & Key) : problem?.message || t("refusal.unknown");
}
