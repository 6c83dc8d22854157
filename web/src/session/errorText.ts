import { hasText, t, textOf } from "../i18n/translate";
import { ApiError } from "./api";

/** One calm sentence for a person. Whether the user name exists is never said. */
export function errorText(error: unknown): string {
  if (!(error instanceof ApiError)) return t("error.unknown");
  return refusalSentence(error);
}

/** The same for the refusal of a socket event. */
export function refusalSentence(
  { code, message, after }: { readonly code: string; readonly message: string; readonly after?: number | undefined },
): string {
  if (code === "rate") return t("error.rate", { wait: waitText(after) });
  const key = `error.${code}`;
  return hasText(key) ? textOf(key) : sentence(message || t("error.unknown"));
}

function waitText(after: number | undefined): string {
  if (after === undefined) return t("error.moment");
  const seconds = Math.max(1, Math.ceil(after / 1_000));
  return seconds >= 90 ? t("error.minutes", { n: Math.ceil(seconds / 60) }) : t("error.seconds", { n: seconds });
}

function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
