const texts: Readonly<Record<string, string>> = {
  invalid: "It contains something that the server does not accept.",
  too_long: "It is too long.",
  forbidden: "You cannot write here.",
  not_found: "You are no longer part of this conversation.",
};

/** Why the server refused a message for good, for the person who wrote it. */
export function refusalText(problem: { readonly code: string; readonly message: string } | undefined): string {
  return texts[problem?.code ?? ""] ?? (problem?.message || "The server did not take it.");
}
