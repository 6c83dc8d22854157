import assert from "node:assert/strict";
import { test } from "node:test";
import { refusal } from "../../test/FakeTransport";
import { chg, edited, historyUnderTest as setUp } from "../../test/historyUnderTest";
import { settled } from "../../test/ManualClock";
import { c, msg, msgs } from "../../test/samples";

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
  assert.deepEqual(transport.of("gap").map(({ payload }) => payload), [{ c, from: 4, rev: 0, limit: 200 }]);
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

test("changes apply in their order; repeated and old ones change nothing", async () => {
  const { clock, history, seen, transport } = setUp(5);
  history.show(c);
  await settled();
  const body = (seq: number) => seen.window?.msgs[seq - 1]?.body;
  history.change(chg(3, 1));
  assert.deepEqual([body(3), seen.rev], ["m3 r1", 1]);
  history.change(chg(3, 3)); // held: 2 has not come
  history.change(chg(4, 4));
  assert.deepEqual([body(3), seen.rev], ["m3 r1", 1]);
  history.change(chg(3, 2));
  assert.deepEqual([body(3), body(4), seen.rev], ["m3 r3", "m4 r4", 4]);
  history.change(chg(3, 1));
  assert.equal(body(3), "m3 r3");
  await clock.turn(1_000);
  assert.equal(transport.of("gap").length, 0);
});

test("a change that stays missing for 300 ms is fetched", async () => {
  const { clock, history, seen, transport } = setUp(5);
  history.show(c);
  await settled();
  history.change(chg(2, 2));
  await clock.turn(299);
  assert.equal(transport.of("gap").length, 0);
  await clock.turn(1);
  assert.deepEqual(transport.of("gap").map(({ payload }) => payload), [{ c, from: 6, rev: 0, limit: 200 }]);
  history.change(chg(5, 3));
  transport.last("gap").answer({
    ok: true,
    msgs: [],
    changed: [edited(1, 1), edited(2, 2)],
    seq: 5,
    rev: 2,
    more: false,
    reset: false,
  });
  await settled();
  assert.deepEqual(seen.window?.msgs.map(({ body }) => body), ["m1 r1", "m2 r2", "m3", "m4", "m5 r3"]);
  assert.equal(seen.rev, 3);
  await clock.turn(5_000);
  assert.equal(transport.of("gap").length, 1);
});

test("counters of changes that a sync moved on make the window catch up, over several answers", async () => {
  const { history, seen, transport } = setUp(3);
  history.show(c);
  await settled();
  seen.rev = 250;
  let asked = 0;
  transport.script("gap", ({ rev = 0 }) => {
    asked += 1;
    const common = { ok: true as const, msgs: [], seq: 3, rev: 250, more: false, reset: false };
    return rev < 200
      ? { ...common, changed: [edited(1, 7), edited(2, 200)], changesMore: true }
      : { ...common, changed: [edited(3, 250)], changesMore: false };
  });
  history.catchUp();
  await settled();
  assert.equal(asked, 2);
  assert.deepEqual(seen.window?.msgs.map(({ rev }) => rev), [7, 200, 250]);
  history.catchUp();
  await settled();
  assert.equal(asked, 2, "nothing is missing any more");
});

test("what changed while the page was on its way is asked for", async () => {
  const { history, seen, transport } = setUp(3);
  transport.script("page", undefined as never);
  history.show(c);
  await settled();
  history.change(chg(2, 1)); // the page may be from before it
  transport.last("page").answer({ ok: true, msgs: msgs(1, 3), first: true, last: true });
  await settled();
  transport.last("gap").answer({
    ok: true,
    msgs: [],
    changed: [edited(2, 1)],
    seq: 3,
    rev: 1,
    more: false,
    reset: false,
  });
  await settled();
  assert.equal(seen.window?.msgs[1]?.body, "m2 r1");
});

test("a message that is held back comes in as it is after its change", async () => {
  const { history, seen, transport } = setUp(3);
  history.show(c);
  await settled();
  history.receive(msg(5));
  history.change(chg(5, 1));
  transport.last("gap").answer({ ok: true, msgs: [msg(4), msg(5)], seq: 5, rev: 0, more: false, reset: false });
  await settled();
  assert.equal(seen.window?.msgs[4]?.body, "m5 r1");
});

test("changes that the server no longer keeps: begin anew", async () => {
  const { history, seen, transport, shown } = setUp(3);
  history.show(c);
  await settled();
  seen.rev = 9;
  transport.script("gap", () => ({ ok: true, msgs: [], seq: 3, rev: 9, more: false, reset: true }));
  history.catchUp();
  await settled();
  assert.equal(seen.stale, 1);
  assert.equal(shown(), "1...3");
  assert.equal(seen.window?.rev, 9);
});

test("a jump into the past opens a window there; messages that come are counted, not shown", async () => {
  const { history, seen, shown } = setUp(1_000);
  history.show(c);
  await settled();
  assert.equal(await history.bring(c, 200), true);
  assert.equal(shown(), "176...225");
  assert.equal(seen.window?.last, false);
  history.receive(msg(1_001));
  assert.equal(shown(), "176...225");
  assert.equal(seen.counted, 1_001);
  seen.newest = 1_001;
  await history.loadNewer(c);
  assert.equal(shown(), "176...275");
  await history.bringNewest(c);
  assert.equal(shown(), "952...1001");
  history.receive(msg(1_002));
  assert.equal(shown(), "952...1002");
});

test("scrolling through a long past keeps a thousand messages in memory, in both directions", async () => {
  const { history, seen, shown } = setUp(3_000);
  history.show(c);
  await settled();
  for (let i = 0; i < 40; i++) await history.loadOlder(c);
  assert.equal(shown(), "951...1950");
  assert.equal(seen.window?.last, false);
  for (let i = 0; i < 40; i++) await history.loadNewer(c);
  assert.equal(shown(), "2001...3000");
  assert.equal(seen.window?.last, true);
  history.receive(msg(3_001));
  assert.equal(shown(), "2001...3001");
});

test("a message that is not there cannot be brought", async () => {
  const { history, transport } = setUp(10);
  transport.script("page", () => refusal("not_found", false));
  assert.equal(await history.bring(c, 99), false);
});

test("a conversation that was left in the past opens at the end again", async () => {
  const { history, shown } = setUp(500);
  history.show(c);
  await settled();
  await history.bring(c, 100);
  history.show(undefined);
  assert.equal(shown(), "none");
  history.show(c);
  await settled();
  assert.equal(shown(), "451...500");
});
