import type { Conv, FileInfo, Msg, ReplyInfo } from "../socket/wire";
import { dayKey } from "../ui/time";
import type { Amendment } from "./Amendments";
import { amended } from "./Amendments";
import type { HistoryWindow } from "./historyWindow";
import type { OutboxItem } from "./Outbox";
import type { StoredFile } from "./OutboxStorage";
import { refusalText } from "./refusalText";
import type { Tick } from "./ticks";
import { tickOf } from "./ticks";

/** A message as it is drawn. `head` and `tail` say whether it begins and ends a group of one sender. */
export interface MessageRowData {
  readonly kind: "message";
  readonly key: string;
  readonly seq: number | undefined;
  readonly cid: string | undefined;
  readonly from: string;
  readonly name: string;
  readonly ts: number;
  readonly body: string;
  readonly mine: boolean;
  readonly tick: Tick | undefined;
  /** Why it was not sent. */
  readonly problem: string | undefined;
  /** The message as the server has it, with what I have done to it; undefined while it is on its way. */
  readonly msg: Msg | undefined;
  readonly reply: ReplyInfo | undefined;
  readonly files: readonly FileInfo[] | undefined;
  /** Files that are on their way with it. */
  readonly pending: readonly StoredFile[] | undefined;
  readonly head: boolean;
  readonly tail: boolean;
}

export interface SystemRowData {
  readonly kind: "system";
  readonly key: string;
  readonly seq: number;
  readonly ts: number;
  readonly body: string;
}

/** The line above the first message that was unread when the conversation was opened. */
export interface NewRowData {
  readonly kind: "new";
  readonly key: string;
}

export type RowData = MessageRowData | SystemRowData | NewRowData;

export interface DayData {
  readonly key: string;
  readonly ts: number;
  readonly rows: readonly RowData[];
}

const groupSpan = 5 * 60_000;

/**
 * What the message list draws: the history, then what is still on its way, cut into days and groups. An own message keeps its
 * key (the cid) from the first key press on, so its row is never built anew.
 */
export function daysOf(
  window: HistoryWindow,
  outbox: readonly OutboxItem[],
  conv: Pick<Conv, "c" | "marks">,
  me: { readonly u: string; readonly name: string },
  newAfter: number | undefined,
  amendments: readonly Amendment[] = [],
): DayData[] {
  const known = new Set(window.msgs.filter(({ from }) => from === me.u).map(({ cid }) => cid));
  const drawn = window.msgs.map((msg) =>
    msg.kind === "system" ? systemRow(msg) : messageRow(amended(msg, amendments, me.u), conv, me.u)
  );
  const waiting = window.last ? outbox.filter((item) => item.c === conv.c && !known.has(item.cid)) : [];
  const pending = waiting.map((item) => pendingRow(item, me));
  return cutIntoDays(grouped(withNewLine([...drawn, ...pending], newAfter, me.u)));
}

function messageRow(msg: Msg, conv: Pick<Conv, "marks">, me: string): MessageRowData {
  const mine = msg.from === me;
  return {
    kind: "message",
    key: mine && msg.cid ? msg.cid : `seq-${msg.seq}`,
    seq: msg.seq,
    cid: undefined,
    from: msg.from,
    name: msg.name,
    ts: msg.ts,
    body: msg.body,
    mine,
    tick: mine && !msg.del ? tickOf(msg.seq, conv.marks) : undefined,
    problem: undefined,
    msg,
    reply: msg.reply,
    files: msg.files,
    pending: undefined,
    head: true,
    tail: true,
  };
}

function systemRow({ seq, ts, body }: Msg): SystemRowData {
  return { kind: "system", key: `seq-${seq}`, seq, ts, body };
}

function pendingRow(item: OutboxItem, me: { readonly u: string; readonly name: string }): MessageRowData {
  const failed = item.state === "failed";
  return {
    kind: "message",
    key: item.cid,
    seq: item.seq,
    cid: item.cid,
    from: me.u,
    name: me.name,
    ts: item.at,
    body: item.body,
    mine: true,
    tick: failed ? undefined : item.state === "sent" ? "sent" : "sending",
    problem: failed ? refusalText(item.problem) : undefined,
    msg: undefined,
    reply: item.reply,
    files: undefined,
    pending: item.files,
    head: true,
    tail: true,
  };
}

/** The line stands above the first message of somebody else that was not read. */
function withNewLine(
  rows: readonly (MessageRowData | SystemRowData)[],
  newAfter: number | undefined,
  me: string,
): RowData[] {
  if (newAfter === undefined) return [...rows];
  const at = rows.findIndex((row) => row.kind === "message" && row.from !== me && (row.seq ?? 0) > newAfter);
  return at < 0 ? [...rows] : [...rows.slice(0, at), { kind: "new", key: "new" }, ...rows.slice(at)];
}

function grouped(rows: readonly RowData[]): RowData[] {
  return rows.map((row, i) => {
    if (row.kind !== "message") return row;
    return { ...row, head: !belongs(rows[i - 1], row), tail: !belongs(row, rows[i + 1]) };
  });
}

function belongs(upper: RowData | undefined, lower: RowData | undefined): boolean {
  if (upper?.kind !== "message" || lower?.kind !== "message" || lower.reply) return false;
  const near = lower.ts - upper.ts < groupSpan && dayKey(lower.ts) === dayKey(upper.ts);
  return upper.from === lower.from && near;
}

function cutIntoDays(rows: readonly RowData[]): DayData[] {
  const days: { key: string; ts: number; rows: RowData[] }[] = [];
  let line: RowData[] = []; // the New line belongs to the day of the message below it
  for (const row of rows) {
    if (row.kind === "new") {
      line = [row];
      continue;
    }
    const key = dayKey(row.ts);
    const last = days[days.length - 1];
    // A clock that ran backwards must not open a second section of the same day.
    if (last && key <= last.key) last.rows.push(...line, row);
    else days.push({ key, ts: row.ts, rows: [...line, row] });
    line = [];
  }
  return days;
}
