import { readItem, writeItem } from "../ui/localItems";

const key = "parley.emoji";
const usual = ["👍", "❤️", "😂", "🎉", "😮", "🙏", "👀", "✅"];
const kept = 24;

let recent: readonly string[] | undefined;

/** What this person has used last, filled up with what most people use. */
export function recentEmoji(): readonly string[] {
  recent ??= read();
  return [...recent, ...usual.filter((emoji) => !recent?.includes(emoji))].slice(0, kept);
}

export function usedEmoji(emoji: string): void {
  recent = [emoji, ...(recent ?? read()).filter((other) => other !== emoji)].slice(0, kept);
  writeItem(key, JSON.stringify(recent));
}

function read(): readonly string[] {
  try {
    const list: unknown = JSON.parse(readItem(key) ?? "[]");
    return Array.isArray(list) ? list.filter((one): one is string => typeof one === "string" && one.length <= 32) : [];
  } catch {
    return [];
  }
}
