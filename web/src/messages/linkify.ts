export type Piece = { readonly kind: "text"; readonly text: string } | {
  readonly kind: "link";
  readonly text: string;
  readonly href: string;
  /** Where it begins in the text. */
  readonly at: number;
};

const candidate = /\bhttps?:\/\/[^\s<>"'`\u0000-\u001f\u007f\u200b-\u200f\u2028-\u202e\u2066-\u2069]{1,2000}/gi;
const trailing = /[.,;:!?'"*_~\u2019\u201d\u00bb\u2026\u3002\uff0c]$/;
const pairs: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/**
 * Cuts a text into plain pieces and web addresses. Only http and https become links, never a text that reads as another host
 * than the one it leads to: an address with a user name before the host ("https://bank.example@evil.example") stays text.
 */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const match of text.matchAll(candidate)) {
    const start = match.index ?? 0;
    const shown = withoutTrail(match[0] ?? "");
    const href = safeAddress(shown);
    if (href === undefined) continue;
    if (start > done) pieces.push({ kind: "text", text: text.slice(done, start) });
    pieces.push({ kind: "link", text: shown, href, at: start });
    done = start + shown.length;
  }
  if (done < text.length) pieces.push({ kind: "text", text: text.slice(done) });
  return pieces;
}

/** Without the full stop or bracket that belongs to the sentence around the address. */
function withoutTrail(address: string): string {
  const counts = new Map<string, number>();
  for (const character of address) counts.set(character, (counts.get(character) ?? 0) + 1);
  let end = address.length;
  for (; end > 0; end--) {
    const last = address[end - 1] as string;
    const opening = pairs[last];
    const closings = counts.get(last) ?? 0;
    if (opening === undefined ? !trailing.test(last) : closings <= (counts.get(opening) ?? 0)) break;
    counts.set(last, closings - 1);
  }
  return address.slice(0, end);
}

export function safeAddress(address: string): string | undefined {
  try {
    const url = new URL(address);
    const web = url.protocol === "https:" || url.protocol === "http:";
    return web && url.hostname !== "" && url.username === "" && url.password === "" ? url.href : undefined;
  } catch {
    return undefined;
  }
}
