import type { Language } from "../i18n/languages";

export interface Emoji {
  readonly sign: string;
  /** In the language of the screens. */
  readonly name: string;
  /** Everything that it can be found by, in small letters. */
  readonly words: string;
  /** The short English name that ":" completes. */
  readonly short: string;
}

export interface EmojiGroup {
  readonly name: string;
  readonly list: readonly Emoji[];
}

/** The table of emoji, loaded when it is first needed. */
export async function emojiTable(language: Language): Promise<readonly EmojiGroup[]> {
  const [{ default: text }, names] = await Promise.all([
    import("./emoji.txt"),
    language === "de" ? import("./emoji.de.txt").then((file) => namesIn(file.default)) : undefined,
  ]);
  return groupsIn(text, names);
}

function namesIn(text: string): ReadonlyMap<string, string> {
  return new Map(text.trim().split("\n").map((line) => line.split("\t") as [string, string]));
}

export function groupsIn(text: string, names?: ReadonlyMap<string, string>): readonly EmojiGroup[] {
  const groups: { name: string; list: Emoji[] }[] = [];
  for (const line of text.trim().split("\n")) {
    if (line.startsWith("# ")) {
      groups.push({ name: line.slice(2), list: [] });
      continue;
    }
    const [sign = "", english = "", extra = ""] = line.split("\t");
    const name = names?.get(sign) ?? english;
    const short = (extra.split(" ")[0] || english).replace(/[^a-z0-9+]+/gi, "_").toLowerCase();
    groups[groups.length - 1]?.list.push({ sign, name, short, words: `${name} ${english} ${extra}`.toLowerCase() });
  }
  return groups;
}

/** Those whose words begin with what was typed come before those that have it inside; at most `most`. */
export function findEmoji(groups: readonly EmojiGroup[], typed: string, most: number): readonly Emoji[] {
  const parts = typed.toLowerCase().split(/[\s_]+/).filter((part) => part !== "");
  if (parts.length === 0) return [];
  const good: [rank: number, emoji: Emoji][] = [];
  for (const { list } of groups) {
    for (const emoji of list) {
      const ranks = parts.map((part) => rankOf(emoji, part));
      if (ranks.every((rank) => rank > 0)) good.push([ranks.reduce((sum, rank) => sum + rank, 0), emoji]);
    }
  }
  return good.sort((a, b) => b[0] - a[0]).slice(0, most).map(([, emoji]) => emoji);
}

function rankOf({ words, short }: Emoji, part: string): number {
  if (short === part || ` ${words} `.includes(` ${part} `)) return 4;
  if (short.startsWith(part)) return 3;
  if (` ${words}`.includes(` ${part}`)) return 2;
  return part.length > 2 && words.includes(part) ? 1 : 0;
}
