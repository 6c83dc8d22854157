import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeTransport, refusal } from "../../test/FakeTransport";
import { ManualClock, settled } from "../../test/ManualClock";
import { c, msg, msgs } from "../../test/samples";
import { History } from "./History";
import type { HistoryWindow } from "./historyWindow";

/** A history over a server that holds messages 1...`newest`; the counters stand at `counted`. */
function setUp(newest: number, counted = newest, wanted?: number) {
  const clock = new ManualClock();
  const transport = new FakeTransport();
  const seen = { counted, newest, window: undefined as HistoryWindow | undefined, stale: 0, gone: [] as string[] };
  const history = new History(transport, clock, {
    counted: () => seen.counted,
    count: ({ seq }) => {
      assert.equal(seq, seen.counted + 1, "counted one by one");
      seen.counted = seq;
    },
    wanted: () => wanted ?? seen.counted,
    changed: (_, window) => (seen.window = window),
    stale: () => (seen.stale += 1),
    gone: (which) => seen.gone.push(which),
  });
  transport.script("page", ({ before, limit = 50 }) => {
    const to = before === undefined ? seen.newest : before - 1;
    const from = Math.max(1, to - limit + 1);
    return { ok: true, msgs: msgs(from, to), first: from === 1, last: before === undefined };
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

test("showing a conversation loads its newest page, older ones on request, down to the first", async () => {
  const { transport, history, shown, seen } = setUp(120);
  history.show(c);
  await settled();
  assert.equal(shown(), "71...120");
  await history.loadOlder(c);
  await history.loadOlder(c);
  assert.equal(shown(), "1...120");
  assert.equal(seen.window?.first, true);
  await history.loadOlder(c);
  assert.equal(transport.of("page").length, 3, "nothing is asked for beyond the first message");
});

test("opening reaches back to the first unread message, at most 200", async () => {
  const near = setUp(300, 300, 205);
  near.history.show(c);
  await settled();
  assert.equal(near.shown(), "201...300");
  const far = setUp(300, 300, 1);
  far.history.show(c);
  await settled();
  assert.equal(far.shown(), "101...300");
});

test("a message that follows is appended; repeated ones change nothing", async () => {
  const { transport, history, seen, shown } = setUp(3);
  history.show(c);
  await settled();
  history.receive(msg(4));
  history.receive(msg(4));
  history.receive(msg(2));
  await settled();
  assert.equal(shown(), "1...4");
  assert.equal(seen.counted, 4);
  assert.equal(transport.of("gap").length, 0);
});

test("a message from beyond a hole is held back until the gap is filled", async () => {
  const { transport, history, shown, seen } = setUp(3);
  history.show(c);
  await settled();
  history.receive(msg(6));
  history.receive(msg(7));
  assert.equal(shown(), "1...3", "the hole is not shown");
  assert.deepEqual(transport.of("gap").map(({ payload }) => payload), [{ c, from: 4, limit: 200 }]);
  transport.last("gap").answer({ ok: true, msgs: msgs(4, 6), seq: 7, rev: 0, more: false, reset: false });
  await settled();
  assert.equal(shown(), "1...7");
  assert.equal(seen.counted, 7);
});

test("messages in any order end in one order", async () => {
  const { history, shown, answerGaps, seen } = setUp(2);
  history.show(c);
  await settled();
  seen.newest = 9;
  answerGaps();
  for (const seq of [5, 4, 3, 9, 9, 7, 6, 8]) history.receive(msg(seq));
  await settled();
  assert.equal(shown(), "1...9");
});

test("counters that a sync moved on make cached windows catch up, also over several answers", async () => {
  const { transport, history, seen, shown, answerGaps } = setUp(10);
  history.show(c);
  await settled();
  seen.newest = seen.counted = 450;
  answerGaps();
  history.catchUp();
  await settled();
  assert.equal(shown(), "1...450");
  assert.deepEqual(transport.of("gap").map(({ payload }) => payload["from"]), [11, 211, 411]);
});

test("a conversation that is not loaded is counted, through a gap as well", async () => {
  const { history, seen, shown, answerGaps } = setUp(9, 5);
  answerGaps();
  history.receive(msg(9));
  await settled();
  assert.equal(seen.counted, 9);
  assert.equal(shown(), "none");
});

test("reset drops the window, asks for the counters and takes the newest page", async () => {
  const { transport, history, seen, shown } = setUp(5);
  history.show(c);
  await settled();
  seen.newest = 2_000;
  transport.script("gap", () => ({ ok: true, msgs: [], seq: 2_000, rev: 0, more: false, reset: true }));
  history.receive(msg(2_000));
  seen.counted = 2_000;
  await settled();
  assert.equal(seen.stale, 1);
  assert.equal(shown(), "1951...2000");
});

test("a gap that brings nothing does not turn into an endless loop", async () => {
  const { transport, history, seen } = setUp(5);
  history.show(c);
  await settled();
  transport.script("gap", () => ({ ok: true, msgs: [], seq: 9, rev: 0, more: true, reset: false }));
  history.receive(msg(9));
  await settled();
  assert.equal(transport.of("gap").length, 1);
  assert.equal(seen.stale, 1);
});

test("a gap that failed is repeated after a while, one that met no connection when it is back", async () => {
  const { clock, transport, history, shown, seen, answerGaps } = setUp(3);
  history.show(c);
  await settled();
  seen.newest = 5;
  history.receive(msg(5));
  transport.last("gap").answer(refusal("busy", true));
  await clock.turn(1_999);
  assert.equal(transport.of("gap").length, 1);
  await clock.turn(1);
  assert.equal(transport.of("gap").length, 2);
  transport.last("gap").answer(refusal("offline", true));
  await clock.turn(60_000);
  assert.equal(transport.of("gap").length, 2);
  answerGaps();
  history.catchUp();
  await settled();
  assert.equal(shown(), "1...5");
});

test("a message that arrives while the page is on its way is not lost", async () => {
  const { transport, history, shown } = setUp(3);
  transport.script("page", undefined as never);
  history.show(c);
  history.receive(msg(4));
  transport.script("gap", ({ from }) => ({ ok: true, msgs: msgs(from, 4), seq: 4, rev: 0, more: false, reset: false }));
  transport.last("page").answer({ ok: true, msgs: msgs(1, 3), first: true, last: true });
  await settled();
  assert.equal(shown(), "1...4");
});

test("a page that is newer than the counters moves them too", async () => {
  const { history, seen, shown } = setUp(6, 4);
  history.show(c);
  await settled();
  assert.equal(shown(), "1...6");
  assert.equal(seen.counted, 6);
});

test("a conversation that is not mine any more is given up", async () => {
  const { transport, history, seen } = setUp(3);
  transport.script("page", () => refusal("not_found", false));
  history.show(c);
  await settled();
  assert.deepEqual(seen.gone, [c]);
});

test("an answer from before the server's counters began anew is ignored", async () => {
  const { transport, history, shown } = setUp(3);
  transport.script("page", undefined as never);
  history.show(c);
  history.dropAll();
  transport.last("page").answer({ ok: true, msgs: msgs(1, 3), first: true, last: true });
  await settled();
  assert.equal(shown(), "none");
});

test("leaving a conversation keeps its newest 200 messages", async () => {
  const { history, shown } = setUp(600);
  history.show(c);
  await settled();
  for (let i = 0; i < 8; i++) await history.loadOlder(c);
  assert.equal(shown(), "151...600");
  history.show(undefined);
  assert.equal(shown(), "401...600");
});
