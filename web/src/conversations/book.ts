// The list of conversations as pure functions: what an event of the server does to one of them.
import { t } from "../i18n/translate";
import type { HistoryWindow } from "../messages/historyWindow";
import { bottomOf } from "../messages/historyWindow";
import type { OutboxItem } from "../messages/Outbox";
import type { Conv, Mark, MarkEvent, Msg, User } from "../socket/wire";

/** A fresh description from the server laid over what is known: nothing that is known to be newer moves back. */
export function merged(local: Conv | undefined, described: Conv): Conv {
  const remote = described.kind === "self" ? { ...described, name: t("list.notes") } : described;
  if (!local) return remote;
  const read = Math.max(local.read, remote.read);
  const got = Math.max(local.got, remote.got);
  const marks = mergedMarks(local.marks, remote.marks);
  if (local.seq > remote.seq) {
    return { ...remote, seq: local.seq, last: local.last ?? null, unread: local.unread, read, got, marks };
  }
  return { ...remote, read, got, marks, unread: mergedUnread(local, remote) };
}

function mergedUnread(local: Conv, remote: Conv): number {
  if (local.read <= remote.read) return remote.unread;
  if (local.read >= remote.seq) return 0;
  return Math.min(remote.unread, local.seq === remote.seq ? local.unread : remote.seq - local.read);
}

function mergedMarks(local: Conv["marks"], remote: Conv["marks"]): readonly Mark[] | null {
  if (!remote) return null;
  const known = new Map((local ?? []).map((mark) => [mark[0], mark]));
  return remote.map(([u, got, read]): Mark => {
    const before = known.get(u);
    return [u, Math.max(got, before?.[1] ?? 0), Math.max(read, before?.[2] ?? 0)];
  });
}

/** The conversation after the message that follows its newest one. A repeated or later message changes nothing. */
export function withMessage(conv: Conv, msg: Msg, me: string): Conv {
  if (msg.seq !== conv.seq + 1) return conv;
  const counts = msg.from !== me && msg.seq > conv.read && msg.kind === "text";
  const { seq, from, name, body, ts, kind } = msg;
  const marks = msg.kind === "text" ? marksOfAuthor(conv.marks, msg) : conv.marks ?? null;
  return { ...conv, seq, last: { seq, from, name, body, ts, kind }, unread: conv.unread + (counts ? 1 : 0), marks };
}

/** Who writes has read what came before: the server moves the author's markers without a word of its own. */
function marksOfAuthor(marks: Conv["marks"], msg: Msg): readonly Mark[] | null {
  return marks?.map((mark): Mark =>
    mark[0] === msg.from ? [mark[0], Math.max(mark[1], msg.seq), Math.max(mark[2], msg.seq)] : mark
  ) ?? null;
}

/** The conversation after the person has seen it up to `seq`; the count is taken from the messages at hand where they reach. */
export function withRead(conv: Conv, seq: number, window: HistoryWindow | undefined, me: string): Conv {
  const read = Math.min(seq, conv.seq);
  if (read <= conv.read) return conv;
  return { ...conv, read, unread: unreadAfter(conv, read, window, me) };
}

function unreadAfter(conv: Conv, read: number, window: HistoryWindow | undefined, me: string): number {
  if (read >= conv.seq) return 0;
  if (!window || bottomOf(window) > read + 1) return Math.min(conv.unread, conv.seq - read);
  return window.msgs.filter((msg) => msg.seq > read && msg.from !== me && msg.kind === "text").length;
}

/** The conversation after somebody's marker moved: another member's, or my own on another device. */
export function withMark(conv: Conv, event: MarkEvent, me: string): Conv {
  const { u, read = 0, got = 0, unread } = event;
  if (u === me) {
    const moved = { ...conv, read: Math.max(conv.read, read), got: Math.max(conv.got, got) };
    return unread === undefined || read < conv.read ? moved : { ...moved, unread };
  }
  if (!conv.marks) return conv;
  const others = conv.marks.filter((mark) => mark[0] !== u);
  const before = conv.marks.find((mark) => mark[0] === u);
  return { ...conv, marks: [...others, [u, Math.max(got, before?.[1] ?? 0), Math.max(read, before?.[2] ?? 0)]] };
}

/** Newest activity first; a conversation without a message is new, so it is on top. */
export function byActivity(a: Conv, b: Conv): number {
  return (b.last?.ts ?? Number.MAX_SAFE_INTEGER) - (a.last?.ts ?? Number.MAX_SAFE_INTEGER) ||
    a.name.localeCompare(b.name);
}

/** The server keeps delivery marks only here: direct conversations and rooms of at most 50. */
export function keepsMarks(conv: Conv): boolean {
  return conv.kind === "direct" || (conv.kind !== "self" && conv.members <= 50);
}

/** The list as it is on this device: what I have just written counts as the newest message, sent or not. */
export function withPending(
  convs: ReadonlyMap<string, Conv>,
  outbox: readonly OutboxItem[],
  me: User,
): ReadonlyMap<string, Conv> {
  if (outbox.length === 0) return convs;
  const shown = new Map(convs);
  for (const { c, body, at, state, seq } of outbox) {
    const conv = shown.get(c);
    if (!conv || state === "failed" || (seq ?? Infinity) <= conv.seq) continue;
    shown.set(c, {
      ...conv,
      last: { seq: conv.seq + 1, from: me.u, name: me.name, body, ts: Math.max(at, conv.last?.ts ?? 0) },
    });
  }
  return shown;
}
