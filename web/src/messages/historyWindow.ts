import type { Msg } from "../socket/wire";

/**
 * The part of a conversation that is in memory: ascending, without a hole, up to the newest message that is known.
 * `first` says that it begins with the conversation's first message.
 */
export interface HistoryWindow {
  readonly msgs: readonly Msg[];
  readonly first: boolean;
}

export function bottomOf(window: HistoryWindow): number {
  return window.msgs[0]?.seq ?? 1;
}

export function topOf(window: HistoryWindow): number {
  return window.msgs[window.msgs.length - 1]?.seq ?? 0;
}

/** The window with a message that follows its newest one; undefined when it does not follow. */
export function appended(window: HistoryWindow, msg: Msg): HistoryWindow | undefined {
  return msg.seq === topOf(window) + 1 ? { ...window, msgs: [...window.msgs, msg] } : undefined;
}

/** The window with an older page before it; undefined when the page does not end where the window begins. */
export function prepended(window: HistoryWindow, page: readonly Msg[], first: boolean): HistoryWindow | undefined {
  if (!isContiguous(page)) return undefined;
  const newest = page[page.length - 1];
  if (newest === undefined) return first ? { ...window, first } : undefined;
  if (newest.seq !== bottomOf(window) - 1) return undefined;
  return { msgs: [...page, ...window.msgs], first };
}

/** The newest `count` messages only. */
export function trimmed(window: HistoryWindow, count: number): HistoryWindow {
  return window.msgs.length <= count ? window : { msgs: window.msgs.slice(-count), first: false };
}

export function isContiguous(msgs: readonly Msg[]): boolean {
  return msgs.every((msg, i) => i === 0 || msg.seq === (msgs[i - 1] as Msg).seq + 1);
}
