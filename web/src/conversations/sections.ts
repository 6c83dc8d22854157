import type { Conv } from "../socket/wire";

export type SectionId = "unread" | "pinned" | "direct" | "rooms" | "archived";

export interface Section {
  readonly id: SectionId;
  readonly convs: readonly Conv[];
}

/** May this conversation call me? A muted one only when I am spoken to, a silent one never. */
export function callsMe(conv: Conv, now: number): boolean {
  if (isQuiet(conv, now)) return (conv.mentions ?? 0) > 0 && conv.notify !== "none";
  return conv.notify === "mentions" ? (conv.mentions ?? 0) > 0 : conv.unread > 0;
}

/** Silent for good, or for now. */
export function isQuiet(conv: Conv, now: number): boolean {
  return conv.notify === "none" || (conv.muted ?? 0) > now;
}

/**
 * The list in its sections: what calls me, what I have pinned, people, rooms, and at the end what is over. Every conversation
 * stands in one of them. The open one stays where it is, so that reading it does not pull it away.
 */
export function sectionsOf(
  list: readonly Conv[],
  open: string | undefined,
  stays: SectionId | undefined,
  now: number,
): Section[] {
  const sections = new Map<SectionId, Conv[]>(
    (["unread", "pinned", "direct", "rooms", "archived"] as const).map((id) => [id, []]),
  );
  for (const conv of list) {
    if (conv.hidden && conv.c !== open) continue;
    const id = conv.c === open && stays ? stays : sectionOf(conv, now);
    sections.get(id)?.push(conv);
  }
  return [...sections].filter(([, convs]) => convs.length > 0).map(([id, convs]) => ({ id, convs }));
}

export function sectionOf(conv: Conv, now: number): SectionId {
  if (conv.archived) return "archived";
  if (callsMe(conv, now)) return "unread";
  if (conv.pinned) return "pinned";
  return conv.kind === "public" || conv.kind === "private" ? "rooms" : "direct";
}

/** The conversation before or after the open one, in the order of the screen; among those that call me when `unread`. */
export function neighbour(
  sections: readonly Section[],
  open: string | undefined,
  step: 1 | -1,
  unread: boolean,
  now: number,
): string | undefined {
  const all = sections.flatMap(({ convs }) => convs);
  const at = all.findIndex(({ c }) => c === open);
  const from = at < 0 ? (step === 1 ? -1 : all.length) : at;
  for (let i = from + step; i >= 0 && i < all.length; i += step) {
    const conv = all[i];
    if (conv && (!unread || callsMe(conv, now))) return conv.c;
  }
  return undefined;
}
