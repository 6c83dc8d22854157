export interface Filters {
  readonly from?: string;
  readonly in?: string;
  readonly before?: string;
  readonly after?: string;
  readonly has?: "file" | "image" | "link";
  readonly pinned?: boolean;
}

/** What the person has typed and picked, as one line that the server reads. A name with spaces stands in quotes. */
export function queryOf(words: string, filters: Filters): string {
  const parts = [
    words.trim(),
    filters.from && `from:${quoted(filters.from)}`,
    filters.in && `in:${quoted(filters.in)}`,
    filters.before && `before:${filters.before}`,
    filters.after && `after:${filters.after}`,
    filters.has && `has:${filters.has}`,
    filters.pinned && "is:pinned",
  ];
  return parts.filter(Boolean).join(" ");
}

function quoted(text: string): string {
  return /\s/.test(text) ? `"${text.replace(/"/g, "")}"` : text;
}

export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

const around = 60;
const longest = 240;

/**
 * The part of a message in which the words were found, cut into marked and plain pieces. Places that lie outside of the text or
 * over each other are the server's mistake and are left out.
 */
export function piecesOf(body: string, marks: readonly (readonly [start: number, length: number])[] = []): Piece[] {
  const good: { start: number; end: number }[] = [];
  for (const [start, length] of [...marks].sort((a, b) => a[0] - b[0])) {
    const fits = Number.isInteger(start) && Number.isInteger(length) && start >= (good[good.length - 1]?.end ?? 0);
    if (fits && length > 0 && start + length <= body.length) good.push({ start, end: start + length });
  }
  const from = Math.max(0, (good[0]?.start ?? 0) - around);
  const to = Math.min(body.length, from + longest);
  const pieces: Piece[] = [];
  const add = (start: number, end: number, marked: boolean) => {
    const text = body.slice(Math.max(start, from), Math.min(end, to));
    if (text !== "") pieces.push({ text, marked });
  };
  if (from > 0) pieces.push({ text: "…", marked: false });
  let at = from;
  for (const { start, end } of good) {
    add(at, start, false);
    add(start, end, true);
    at = end;
  }
  add(at, body.length, false);
  if (to < body.length) pieces.push({ text: "…", marked: false });
  return pieces;
}
