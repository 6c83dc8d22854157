import type { Typist } from "../conversations/TypingBoard";
import type { Amendment } from "../messages/Amendments";
import type { HistoryWindow } from "../messages/historyWindow";
import type { OutboxItem } from "../messages/Outbox";
import type { Me } from "../session/api";
import type { Conv, User } from "../socket/wire";

/** Everything that the screens of a signed-in person show. */
export interface ChatState {
  readonly me: Me;
  /** False until the first list of conversations has come. */
  readonly ready: boolean;
  readonly convs: ReadonlyMap<string, Conv>;
  readonly windows: ReadonlyMap<string, HistoryWindow>;
  readonly outbox: readonly OutboxItem[];
  /** What I have done to messages and the history does not show yet. */
  readonly amendments: readonly Amendment[];
  /** An edit that the server refused: the words are not lost. */
  readonly refusedEdit:
    | { readonly c: string; readonly seq: number; readonly body: string; readonly code: string }
    | undefined;
  /** The revision at which a pin last came or went, as far as it was heard of. */
  readonly pinNews: ReadonlyMap<string, number>;
  /** People of whom something new was heard since the page began. */
  readonly people: ReadonlyMap<string, User>;
  readonly typing: ReadonlyMap<string, readonly Typist[]>;
  /** The longest message that the server takes, in characters. */
  readonly longest: number;
}

export function emptyState(me: User): ChatState {
  return {
    me,
    ready: false,
    convs: new Map(),
    windows: new Map(),
    outbox: [],
    amendments: [],
    refusedEdit: undefined,
    pinNews: new Map(),
    people: new Map(),
    typing: new Map(),
    longest: 20_000,
  };
}

export type MeChange = { readonly [K in keyof Me]?: Me[K] | undefined };

export function changedMe(me: Me, change: MeChange): Me {
  return { ...me, ...change } as Me;
}

/** The map with one entry changed, or removed when the value is undefined. */
export function changedMap<K, V>(map: ReadonlyMap<K, V>, key: K, value: V | undefined): ReadonlyMap<K, V> {
  if (map.get(key) === value) return map;
  const copy = new Map(map);
  if (value === undefined) copy.delete(key);
  else copy.set(key, value);
  return copy;
}

export function totalUnread(state: ChatState): number {
  let sum = 0;
  for (const conv of state.convs.values()) sum += conv.unread;
  return sum;
}

/** Messages that speak to me. */
export function totalMentions(state: ChatState): number {
  let sum = 0;
  for (const conv of state.convs.values()) sum += conv.mentions ?? 0;
  return sum;
}

/** Messages that are not on the server yet and will go by themselves. */
export function waitingCount(state: ChatState): number {
  return state.outbox.filter((item) => item.state === "waiting" || item.state === "sending").length;
}
