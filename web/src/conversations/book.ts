// The list of conversations as pure functions: what an event of the server does to one of them.
import { t } from "../i18n/translate";
import type { HistoryWindow } from "../messages/historyWindow";
import { bottomOf } from "../messages/historyWindow";
import type { OutboxItem } from "../messages/Outbox";
import type { Conv, LastMessage, Mark, MarkEvent, Msg, User } from "../socket/wire";

/**
 * A fresh description from the server laid over what is known: nothing that is known to be newer moves back. Only a higher
 * `rr` moves the own marker back: somebody put it there by hand, on this device or another.
 */
export function merged(local: Conv | undefined, described: Conv): Conv {
  return withTrim(mergedNumbers(local, described), local?.minSeq ?? 1);
}

function mergedNumbers(local: Conv | undefined, described: Conv): Conv {
  const remote = described.kind === "self" ? { ...described, name: t("list.notes") } : described;
  if (!local) return remote;
  const rev = Math.max(local.rev, remote.rev);
  const got = Math.max(local.got, remote.got);
  const marks = mergedMarks(local.marks, remote.marks);
  const known = { rev, got, marks };
  const [here, there] = [local.rr ?? 0, remote.rr ?? 0];
  const last = local.seq > remote.seq || (local.seq === remote.seq && local.rev > remote.rev)
    ? local.last
    : remote.last;
  const news = { seq: Math.max(local.seq, remote.seq), last: last ?? null };
  if (there > here) return { ...remote, ...known, ...news };
  if (here > there || local.seq > remote.seq) {
    const { unread, mentions = 0 } = local;
    const read = here > there ? local.read : Math.max(local.read, remote.read);
    return { ...remote, ...known, ...news, read, rr: here, unread, mentions };
  }
  const read = Math.max(local.read, remote.read);
  return { ...remote, ...known, ...news, read, ...mergedUnread(local, remote) };
}

type Unread = Pick<Conv, "unread" | "mentions">;

function mergedUnread(local: Conv, remote: Conv): Unread {
  const { mentions = 0 } = remote;
  if (local.read <= remote.read) return { unread: remote.unread, mentions };
  if (local.read >= remote.seq) return { unread: 0, mentions: 0 };
  const unread = Math.min(remote.unread, local.seq === remote.seq ? local.unread : remote.seq - local.read);
  return { unread, mentions: Math.min(mentions, local.mentions ?? 0, unread) };
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
  const counts = isUnread(msg, conv.read, me);
  if (msg.from === me && msg.kind === "text") return withOwnMessage(conv, msg);
  const marks = msg.kind === "text" ? marksOfAuthor(conv.marks, msg) : conv.marks ?? null;
  const mentions = (conv.mentions ?? 0) + (counts && isMentioned(msg, me) ? 1 : 0);
  const { hidden: _, ...shown } = conv; // a new message shows a hidden conversation again
  return { ...shown, seq: msg.seq, last: lastOf(msg), unread: conv.unread + (counts ? 1 : 0), mentions, marks };
}

/** Who writes has read what came before: the server moves my markers without a word of its own. */
function withOwnMessage(conv: Conv, msg: Msg): Conv {
  const { hidden: _, ...shown } = conv;
  const { seq } = msg;
  const [read, got] = [Math.max(conv.read, seq), Math.max(conv.got, seq)]; // it may come after a mark
  return { ...shown, seq, read, got, unread: 0, mentions: 0, last: lastOf(msg) };
}

/** The conversation after changes up to revision `rev`; `msgs` are the changed messages as they are now. */
export function withChanges(conv: Conv, rev: number, msgs: readonly Msg[]): Conv {
  if (rev <= conv.rev) return conv;
  const last = msgs.find((msg) => msg.seq === conv.last?.seq);
  return { ...conv, rev, last: last ? lastOf(last) : conv.last ?? null };
}

/**
 * The conversation after messages below `minSeq` are no longer kept: whoever stood before it stands just before it. How much of what
 * was unread is left, only the server knows exactly.
 */
export function withTrim(conv: Conv, minSeq: number): Conv {
  if (minSeq <= (conv.minSeq ?? 1)) return conv;
  const end = minSeq - 1;
  const [seq, read, got] = [conv.seq, conv.read, conv.got].map((place) => Math.max(place, end)) as [
    number,
    number,
    number,
  ];
  const unread = conv.read < end ? Math.min(conv.unread, seq - read) : conv.unread;
  const last = conv.last && conv.last.seq < minSeq ? null : conv.last ?? null;
  return { ...conv, minSeq, seq, read, got, unread, mentions: Math.min(conv.mentions ?? 0, unread), last };
}

function lastOf({ seq, from, name, body, ts, kind, files, del }: Msg): LastMessage {
  const last = { seq, from, name, body, ts, kind };
  return { ...last, ...(files && files.length > 0 ? { files: files.length } : {}), ...(del ? { del } : {}) };
}

/** Whether the message calls me, by name or with everybody else. */
export function isMentioned(msg: Msg, me: string): boolean {
  return msg.from !== me && (msg.all === true || (msg.mentions?.includes(me) ?? false));
}

function isUnread(msg: Msg, read: number, me: string): boolean {
  return msg.from !== me && msg.seq > read && msg.kind === "text";
}

/** The same for somebody else's markers. */
function marksOfAuthor(marks: Conv["marks"], msg: Msg): readonly Mark[] | null {
  return marks?.map((mark): Mark =>
    mark[0] === msg.from ? [mark[0], Math.max(mark[1], msg.seq), Math.max(mark[2], msg.seq)] : mark
  ) ?? null;
}

/** The conversation after the person has seen it up to `seq`; the count is taken from the messages at hand where they reach. */
export function withRead(conv: Conv, seq: number, window: HistoryWindow | undefined, me: string): Conv {
  const read = Math.min(seq, conv.seq);
  if (read <= conv.read) return conv;
  return { ...conv, read, ...unreadAfter(conv, read, window, me) };
}

/** The conversation after the person has put the marker back by hand: `seq` is the first unread message. */
export function withUnreadFrom(conv: Conv, seq: number, window: HistoryWindow | undefined, me: string): Conv {
  const read = Math.max(0, Math.min(seq - 1, conv.seq));
  return { ...conv, read, rr: (conv.rr ?? 0) + 1, ...unreadAfter(conv, read, window, me) };
}

function unreadAfter(conv: Conv, read: number, window: HistoryWindow | undefined, me: string): Unread {
  if (read >= conv.seq) return { unread: 0, mentions: 0 };
  if (!window?.last || bottomOf(window) > read + 1) {
    const unread = read < conv.read ? Math.max(conv.unread, 1) : Math.min(conv.unread, conv.seq - read);
    return { unread, mentions: Math.min(conv.mentions ?? 0, unread) };
  }
  const unread = window.msgs.filter((msg) => isUnread(msg, read, me));
  return { unread: unread.length, mentions: unread.filter((msg) => isMentioned(msg, me)).length };
}

/** The conversation after somebody's marker moved: another member's, or my own on another device. */
export function withMark(conv: Conv, event: MarkEvent, me: string): Conv {
  const { u, read = 0, got = 0 } = event;
  if (u === me) return withOwnMark(conv, event);
  if (!conv.marks) return conv;
  const others = conv.marks.filter((mark) => mark[0] !== u);
  const before = conv.marks.find((mark) => mark[0] === u);
  return { ...conv, marks: [...others, [u, Math.max(got, before?.[1] ?? 0), Math.max(read, before?.[2] ?? 0)]] };
}

/** My marker moved on another device: forward as always, back only with a higher `rr`. */
function withOwnMark(conv: Conv, { read = 0, got = 0, unread, mentions, rr = 0 }: MarkEvent): Conv {
  const here = conv.rr ?? 0;
  const moved = { ...conv, got: Math.max(conv.got, got) };
  if (rr < here || (rr === here && read < conv.read)) return moved;
  const counts = unread === undefined ? {} : { unread, mentions: mentions ?? 0 };
  return { ...moved, read: rr > here ? read : Math.max(conv.read, read), ...(rr > 0 ? { rr } : {}), ...counts };
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
  for (const { c, body, at, state, seq, files } of outbox) {
    const conv = shown.get(c);
    if (!conv || state === "failed" || (seq ?? Infinity) <= conv.seq) continue;
    shown.set(c, {
      ...conv,
      last: {
        seq: conv.seq + 1,
        from: me.u,
        name: me.name,
        body,
        ts: Math.max(at, conv.last?.ts ?? 0),
        ...(files ? { files: files.length } : {}),
      },
    });
  }
  return shown;
}
