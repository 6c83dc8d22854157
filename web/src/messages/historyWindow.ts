import type { Msg } from "../socket/wire";

/**
 * The part of a conversation that is in memory: ascending, without a hole.
 * `first` says that it begins with the conversation's first message, `last` that it goes on to the newest one that is known,
 * and `rev` that every change up to that revision is in it.
 */
export interface HistoryWindow {
  readonly msgs: readonly Msg[];
  readonly first: boolean;
  readonly last: boolean;
  readonly rev: number;
  /** Where it stands when it holds nothing: just behind this message, because up to there nothing is kept. */
  readonly base?: number;
}

export function bottomOf(window: HistoryWindow): number {
  return window.msgs[0]?.seq ?? (window.base ?? 0) + 1;
}

export function topOf(window: HistoryWindow): number {
  return window.msgs[window.msgs.length - 1]?.seq ?? window.base ?? 0;
}

export function holds(window: HistoryWindow, seq: number): boolean {
  return window.msgs.length > 0 && seq >= bottomOf(window) && seq <= topOf(window);
}

export function at(window: HistoryWindow, seq: number): Msg | undefined {
  return window.msgs[seq - bottomOf(window)];
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
  return { ...window, msgs: [...page, ...window.msgs], first };
}

/** The window with a newer page behind it; undefined when the page does not begin where the window ends. */
export function extended(window: HistoryWindow, page: readonly Msg[], last: boolean): HistoryWindow | undefined {
  if (!isContiguous(page)) return undefined;
  const oldest = page[0];
  if (oldest === undefined) return last ? { ...window, last } : undefined;
  if (oldest.seq !== topOf(window) + 1) return undefined;
  return { ...window, msgs: [...window.msgs, ...page], last };
}

/** The newest `count` messages only. */
export function trimmed(window: HistoryWindow, count: number): HistoryWindow {
  return window.msgs.length <= count ? window : { ...window, msgs: window.msgs.slice(-count), first: false };
}

/** The oldest `count` messages only. */
export function trimmedBelow(window: HistoryWindow, count: number): HistoryWindow {
  return window.msgs.length <= count ? window : { ...window, msgs: window.msgs.slice(0, count), last: false };
}

/** The window without what is no longer kept, and without quotes of it; the same window when it holds nothing of that. */
export function cutBelow(window: HistoryWindow, minSeq: number): HistoryWindow {
  const isBelow = bottomOf(window) < minSeq;
  if (!isBelow && !window.msgs.some(({ reply }) => reply && reply.seq < minSeq)) return window;
  const msgs = window.msgs.filter(({ seq }) => seq >= minSeq).map((msg) => withoutQuote(msg, minSeq));
  return { ...window, msgs, first: window.first || isBelow, base: minSeq - 1 };
}

function withoutQuote(msg: Msg, minSeq: number): Msg {
  if (!msg.reply || msg.reply.seq >= minSeq) return msg;
  const { reply: _, ...rest } = msg;
  return rest;
}

/**
 * The window with a message as it is after a change, in its place and in what quotes it; the same window when it has no older state of
 * that message.
 */
export function replaced(window: HistoryWindow, msg: Msg): HistoryWindow {
  const before = holds(window, msg.seq) ? at(window, msg.seq) : undefined;
  if (before && (msg.rev ?? 0) <= (before.rev ?? 0)) return window;
  if (!before && !window.msgs.some(({ reply }) => reply?.seq === msg.seq)) return window;
  return { ...window, msgs: window.msgs.map((other) => (other.seq === msg.seq ? msg : requoted(other, msg))) };
}

/** A message with what it quotes as that is now. */
function requoted(msg: Msg, root: Msg): Msg {
  if (msg.reply?.seq !== root.seq) return msg;
  const { del: _, ...quote } = msg.reply;
  const body = [...root.body].slice(0, quoteLength).join("");
  return { ...msg, reply: { ...quote, name: root.name, body, ...(root.del && { del: true as const }) } };
}

/** Characters of a message that a quote shows, as the server cuts them. */
const quoteLength = 200;

export function isContiguous(msgs: readonly Msg[]): boolean {
  return msgs.every((msg, i) => i === 0 || msg.seq === (msgs[i - 1] as Msg).seq + 1);
}
