import { ApiError } from "./api";

const texts: Readonly<Record<string, string>> = {
  credentials: "User name or password is not right.",
  unreachable: "The server cannot be reached. Check your connection and try again.",
  username_taken: "This user name is taken. Choose another one.",
  invite_required: "You need an invitation to join. Ask somebody who is already here for a link.",
  invite_invalid: "This invitation is no longer valid. Ask for a new link.",
  already_set_up: "This server has been set up already. Sign in instead.",
};

/** One calm sentence for a person. Whether the user name exists is never said. */
export function errorText(error: unknown): string {
  if (!(error instanceof ApiError)) return "Something went wrong. Try again.";
  if (error.code === "rate") return `Too many attempts. Try again in ${waitText(error.after)}.`;
  return texts[error.code] ?? sentence(error.message || "Something went wrong. Try again.");
}

function waitText(after: number | undefined): string {
  if (after === undefined) return "a moment";
  const seconds = Math.max(1, Math.ceil(after / 1_000));
  if (seconds >= 90) return `${Math.ceil(seconds / 60)} minutes`;
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}

function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
