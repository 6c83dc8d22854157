import type { Block } from "./ast";
import { parseInline } from "./parseInline";

const fence = /^ {0,3}(`{3,}|~{3,})\s*([A-Za-z0-9_+#.-]{0,30})\s*$/;
const quote = /^ {0,3}> ?/;
const item = /^( {0,3})([-*•]|\d{1,3}[.)])( +)(?=\S)/;
const deepest = 4;

/** A message's text as blocks: code, quotes, lists, and paragraphs of everything else. Unclosed things reach to the end. */
export function parseBlocks(text: string): readonly Block[] {
  return blocksOf(text.replace(/\r\n?/g, "\n").split("\n"), 0);
}

function blocksOf(lines: readonly string[], depth: number): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at] as string;
    if (line.trim() === "") {
      at += 1;
      continue;
    }
    const taken = fenced(lines, at, blocks) ?? quoted(lines, at, depth, blocks) ?? listed(lines, at, depth, blocks);
    if (taken !== undefined) {
      at = taken;
      continue;
    }
    let end = at + 1;
    while (end < lines.length && !beginsBlock(lines[end] as string, depth)) end += 1;
    blocks.push({ kind: "paragraph", children: parseInline(lines.slice(at, end).join("\n")) });
    at = end;
  }
  return blocks;
}

function beginsBlock(line: string, depth: number): boolean {
  return line.trim() === "" || fence.test(line) || (depth < deepest && (quote.test(line) || item.test(line)));
}

function fenced(lines: readonly string[], at: number, blocks: Block[]): number | undefined {
  const open = fence.exec(lines[at] as string);
  if (!open) return undefined;
  const [, mark = "", lang = ""] = open;
  let end = at + 1;
  const closes = (line: string) => line.trim().startsWith(mark) && line.trim().replaceAll(mark[0] ?? "", "") === "";
  while (end < lines.length && !closes(lines[end] as string)) end += 1;
  blocks.push({ kind: "code", lang: lang.toLowerCase(), text: lines.slice(at + 1, end).join("\n") });
  return end + 1;
}

function quoted(lines: readonly string[], at: number, depth: number, blocks: Block[]): number | undefined {
  if (depth >= deepest || !quote.test(lines[at] as string)) return undefined;
  let end = at;
  while (end < lines.length && quote.test(lines[end] as string)) end += 1;
  const inner = lines.slice(at, end).map((line) => line.replace(quote, ""));
  blocks.push({ kind: "quote", children: blocksOf(inner, depth + 1) });
  return end;
}

function listed(lines: readonly string[], at: number, depth: number, blocks: Block[]): number | undefined {
  const first = depth < deepest ? item.exec(lines[at] as string) : null;
  if (!first) return undefined;
  const ordered = /\d/.test(first[2] ?? "");
  const items: Block[][] = [];
  let end = at;
  while (end < lines.length) {
    const begin = item.exec(lines[end] as string);
    if (!begin || /\d/.test(begin[2] ?? "") !== ordered) break;
    const own = [(lines[end] as string).slice((begin[0] ?? "").length)];
    end += 1;
    // What is indented below belongs to the item.
    while (end < lines.length && /^(?: {2,}|\t)\S/.test(lines[end] as string)) {
      own.push((lines[end] as string).replace(/^(?: {2,4}|\t)/, ""));
      end += 1;
    }
    items.push(blocksOf(own, depth + 1));
  }
  blocks.push({ kind: "list", ordered, start: ordered ? Number.parseInt(first[2] ?? "1", 10) : 1, items });
  return end;
}
