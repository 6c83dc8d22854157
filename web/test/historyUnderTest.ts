import assert from "node:assert/strict";
import { FakeTransport } from "./FakeTransport";
import { ManualClock } from "./ManualClock";
import { c, msg, msgs } from "./samples";
import { History } from "../src/messages/History";
import type { HistoryWindow } from "../src/messages/historyWindow";

/** A history over a server that holds messages 1...`newest`; the counters stand at `counted`. */
export function historyUnderTest(newest: number, counted = newest, wanted?: number) {
  const clock = new ManualClock();
  const transport = new FakeTransport();
  const seen = {
    counted,
    newest,
    rev: 0,
    kept: 1,
    window: undefined as HistoryWindow | undefined,
    stale: 0,
    gone: [] as string[],
  };
  const history = new History(transport, clock, {
    counted: () => seen.counted,
    count: ({ seq }) => {
      assert.equal(seq, seen.counted + 1, "counted one by one");
      seen.counted = seq;
    },
    revised: () => seen.rev,
    revise: (_, rev) => (seen.rev = Math.max(seen.rev, rev)),
    kept: () => seen.kept,
    trimmed: (_, minSeq) => {
      seen.kept = Math.max(seen.kept, minSeq);
      seen.counted = Math.max(seen.counted, minSeq - 1);
    },
    wanted: () => wanted ?? seen.counted,
    changed: (_, window) => (seen.window = window),
    stale: () => (seen.stale += 1),
    gone: (which) => seen.gone.push(which),
  });
  transport.script("page", ({ before, after, around, limit = 50 }) => {
    const half = Math.floor(limit / 2);
    const top = before === undefined ? seen.newest : before - 1;
    const end = after !== undefined ? after + limit : around !== undefined ? around + half : top;
    const to = Math.min(seen.newest, end);
    const from = Math.max(seen.kept, after === undefined ? to - limit + 1 : after + 1);
    return { ok: true, msgs: msgs(from, to), first: from <= seen.kept, last: to === seen.newest };
  });
  const shown = () => {
    const list = seen.window?.msgs ?? [];
    list.forEach(({ seq }, i) => assert.equal(seq, (list[0]?.seq ?? 0) + i, "no hole, no repetition"));
    return seen.window ? `${list[0]?.seq ?? "-"}...${list[list.length - 1]?.seq ?? "-"}` : "none";
  };
  const answerGaps = () =>
    transport.script("gap", ({ from, limit = 200 }) => {
      const to = Math.min(seen.newest, from + limit - 1);
      return { ok: true, msgs: msgs(from, to), seq: seen.newest, rev: 0, more: to < seen.newest, reset: false };
    });
  return { clock, transport, history, seen, shown, answerGaps };
}

/** A message as it is after change `rev`, and the event that tells of it. */
export const edited = (seq: number, rev: number, body = `m${seq} r${rev}`) => msg(seq, { rev, body });
export const chg = (seq: number, rev: number) => ({ c, rev, seq, k: "edit", msg: edited(seq, rev) });
