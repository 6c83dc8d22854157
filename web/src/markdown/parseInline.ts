import { linkify, safeAddress } from "../messages/linkify";
import type { Inline } from "./ast";

/** Stands for something that is finished already, so that no marker inside it counts. A real one in a text becomes one too. */
const atom = "\ufffc";
const deepest = 6;

const codeSpan = /(`+)(?!`)/g;
const token =
  /\ufffc|\\[*~`]|\[([^[\]\n]{1,500})\]\(([^\s()<>]{1,2000})\)|(?<![\p{L}\p{N}_@/.])@([a-z0-9][a-z0-9._-]{1,31})/giu;

/** The text of a paragraph: code spans, links and mentions first, then bold, italic and struck out around them. */
export function parseInline(text: string): readonly Inline[] {
  const atoms: Inline[] = [];
  const finish = (node: Inline) => (atoms.push(node), atom);
  const flat = cutAtCode(text).map(({ plain, code }) =>
    code === undefined ? withoutTokens(plain, finish) : finish({ kind: "code", text: code })
  ).join("");
  return new Emphasis(flat, atoms).parse();
}

interface Piece {
  readonly plain: string;
  readonly code?: string;
}

/** Code spans: as many backticks at the end as at the beginning. */
function cutAtCode(text: string): Piece[] {
  const pieces: Piece[] = [];
  const unclosed = new Set<number>();
  let done = 0;
  codeSpan.lastIndex = 0;
  for (let open = codeSpan.exec(text); open; open = codeSpan.exec(text)) {
    const run = open[1]?.length ?? 0;
    const start = open.index + run;
    if (text[open.index - 1] === "\\" || unclosed.has(run)) continue;
    const end = closingRun(text, start, run);
    if (end < 0) {
      unclosed.add(run);
      continue;
    }
    pieces.push({ plain: text.slice(done, open.index) }, { plain: "", code: text.slice(start, end) });
    codeSpan.lastIndex = done = end + run;
  }
  return [...pieces, { plain: text.slice(done) }];
}

function closingRun(text: string, from: number, run: number): number {
  for (let at = text.indexOf("`", from); at >= 0;) {
    let end = at;
    while (text[end] === "`") end += 1;
    if (end - at === run) return at;
    at = text.indexOf("`", end);
  }
  return -1;
}

/** Links with a label, mentions and escaped markers; web addresses in what is left. */
function withoutTokens(text: string, finish: (node: Inline) => string): string {
  let flat = "";
  for (const piece of linkifyOutsideLabels(text)) {
    if (piece.kind === "link") {
      flat += finish({ kind: "link", href: piece.href, text: piece.text });
      continue;
    }
    let done = 0;
    for (const match of piece.text.matchAll(token)) {
      const node = nodeOf(match);
      if (!node) continue;
      const start = match.index ?? 0;
      const used = node.kind === "mention" ? node.text.length : (match[0] ?? "").length;
      flat += piece.text.slice(done, start) + finish(node);
      done = start + used;
    }
    flat += piece.text.slice(done);
  }
  return flat;
}

/** An address in the brackets of a labelled link belongs to the link. */
function linkifyOutsideLabels(text: string): ReturnType<typeof linkify> {
  const labelled = [...text.matchAll(token)].filter((match) => match[2] !== undefined && nodeOf(match));
  const pieces: ReturnType<typeof linkify> = [];
  let done = 0;
  for (const { index = 0, 0: whole = "" } of labelled) {
    pieces.push(...linkify(text.slice(done, index)), { kind: "text", text: whole });
    done = index + whole.length;
  }
  return [...pieces, ...linkify(text.slice(done))];
}

function nodeOf([whole, label, address, name]: RegExpMatchArray): Inline | undefined {
  if (label !== undefined && address !== undefined) {
    const href = safeAddress(address);
    return href === undefined || misleads(label, href) ? undefined : { kind: "link", href, text: label };
  }
  if (name !== undefined) {
    const bare = name.replace(/[._-]+$/, "");
    return bare.length < 2 ? undefined : { kind: "mention", name: bare.toLowerCase(), text: `@${bare}` };
  }
  return { kind: "text", text: whole === atom ? atom : (whole ?? "").slice(1) };
}

/** A label that reads as the address of another host is no label. */
function misleads(label: string, href: string): boolean {
  const host = new URL(href).hostname.toLowerCase();
  return [...label.toLowerCase().matchAll(/[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu)].some(([named = ""]) =>
    /\.\p{L}{2,}$/u.test(named) && named !== host && !`.${host}`.endsWith(`.${named}`)
  );
}

const markers = [["**", "strong"], ["__", "strong"], ["~~", "strike"], ["*", "em"], ["_", "em"]] as const;
const letter = /[\p{L}\p{N}]/u;

/** Finds pairs of markers. Every marker that has no partner is looked for once, so the time does not explode. */
class Emphasis {
  /** From here on there is no closing one. */
  private readonly none = new Map<string, number>();
  private next = 0;

  constructor(
    private readonly text: string,
    private readonly atoms: readonly Inline[],
  ) {}

  parse(): readonly Inline[] {
    return this.range(0, this.text.length, 0);
  }

  private range(from: number, to: number, depth: number): readonly Inline[] {
    const nodes: Inline[] = [];
    let plain = "";
    const flush = () => {
      if (plain !== "") nodes.push({ kind: "text", text: plain });
      plain = "";
    };
    for (let at = from; at < to;) {
      const character = this.text[at] as string;
      if (character === atom) {
        const node = this.atoms[this.next++];
        if (node?.kind === "text") plain += node.text;
        else if (node) {
          flush();
          nodes.push(node);
        }
        at += 1;
        continue;
      }
      const opened = "*_~".includes(character) && depth < deepest ? this.openedAt(at, to) : undefined;
      if (!opened) {
        plain += character;
        at += 1;
        continue;
      }
      flush();
      const inner = at + opened.marker.length;
      nodes.push({ kind: opened.kind, children: this.range(inner, opened.end, depth + 1) });
      at = opened.end + opened.marker.length;
    }
    flush();
    return nodes;
  }

  private openedAt(
    at: number,
    to: number,
  ): { marker: string; kind: "strong" | "em" | "strike"; end: number } | undefined {
    for (const [marker, kind] of markers) {
      if (!this.text.startsWith(marker, at) || !this.opens(marker, at)) continue;
      const end = this.closing(marker, at + marker.length + 1, to);
      if (end !== undefined) return { marker, kind, end };
    }
    return undefined;
  }

  private opens(marker: string, at: number): boolean {
    const sign = marker[0];
    const next = this.text[at + marker.length];
    if (next === undefined || /\s/.test(next)) return false;
    // "***both***" is bold around italic; longer runs mean nothing.
    const both = marker === "**" && /[^*\s]/.test(this.text[at + 3] ?? "*") && this.text[at - 1] !== sign;
    if (next === sign && !both) return false;
    const before = this.text[at - 1] ?? "";
    return sign !== "_" || (before !== "\\" && !letter.test(before));
  }

  private closing(marker: string, from: number, to: number): number | undefined {
    if (from >= (this.none.get(marker) ?? Infinity)) return undefined;
    const [sign] = marker;
    for (
      let at = this.text.indexOf(marker, from);
      at >= 0 && at + marker.length <= to;
      at = this.text.indexOf(marker, at)
    ) {
      let run = at;
      while (run < to && this.text[run] === sign) run += 1;
      const fits = marker.length === 1 ? run - at !== 2 : run - at >= 2; // "**" inside "*...*" is another marker
      const end = run - marker.length;
      const before = this.text[at - 1] ?? " ";
      const after = this.text[run] ?? "";
      if (fits && !/\s/.test(before) && (sign !== "_" || !letter.test(after))) return end;
      at = run;
    }
    if (to === this.text.length) this.none.set(marker, from);
    return undefined;
  }
}
