import assert from "node:assert/strict";
import { test } from "node:test";
import { chg, historyUnderTest as setUp } from "../../test/historyUnderTest";
import { settled } from "../../test/ManualClock";
import { c, msg } from "../../test/samples";

test("what is no longer kept goes from the window, with quotes of it, and nothing is asked for below", async () => {
  const { history, seen, shown, transport } = setUp(60);
  history.show(c);
  await settled();
  history.receive(msg(61, { reply: { seq: 15, from: "usr_bob", name: "Bob", body: "old" } }));
  assert.ok(seen.window?.msgs.some(({ reply }) => reply));
  history.trim({ c, rev: 1, minSeq: 20 });
  assert.equal(shown(), "20...61");
  assert.deepEqual([seen.window?.first, seen.window?.rev, seen.rev], [true, 1, 1]);
  assert.equal(seen.window?.msgs.some(({ reply }) => reply), false);
  await history.loadOlder(c);
  assert.equal(transport.of("page").length, 1);
  const window = seen.window;
  history.trim({ c, rev: 1, minSeq: 20 });
  assert.equal(seen.window, window, "a repeated one changes nothing");
});

test("a conversation that holds nothing any more goes on with the next message", async () => {
  const { history, seen, shown, transport } = setUp(3);
  history.show(c);
  await settled();
  history.trim({ c, rev: 1, minSeq: 4 });
  assert.deepEqual([seen.window?.msgs.length, seen.window?.first, seen.window?.last], [0, true, true]);
  assert.equal(transport.of("gap").length, 0, "what is gone is not missing");
  history.receive(msg(4));
  assert.equal(shown(), "4...4");
  assert.equal(transport.of("gap").length, 0);
});

test("a conversation that is opened empty, because all is gone, is not asked for again and again", async () => {
  const { history, seen, transport, shown } = setUp(3);
  seen.kept = 4;
  history.show(c);
  await settled();
  assert.equal(seen.window?.msgs.length, 0);
  assert.deepEqual([transport.of("page").length, transport.of("gap").length, seen.stale], [1, 0, 0]);
  history.receive(msg(4));
  assert.equal(shown(), "4...4");
});

test("whoever missed it hears it with the gap, also when all that is missing is gone", async () => {
  const { history, seen, shown, transport } = setUp(5, 5);
  history.show(c);
  await settled();
  transport.script("gap", ({ from }) => {
    const [msgs7, kept] = [from <= 12 ? [msg(11), msg(12)] : [], 11];
    return { ok: true, msgs: msgs7, changed: [], seq: 12, rev: 4, more: false, reset: false, minSeq: kept };
  });
  history.receive(msg(12));
  await settled();
  assert.equal(shown(), "11...12");
  assert.deepEqual([seen.kept, seen.counted, seen.rev, seen.window?.first], [11, 12, 4, true]);
});

test("a trim that came before the change it follows waits with its number, not with what it says", async () => {
  const { history, seen, shown, clock, transport } = setUp(10);
  history.show(c);
  await settled();
  history.trim({ c, rev: 2, minSeq: 6 });
  assert.equal(shown(), "6...10");
  assert.equal(seen.window?.rev, 0);
  history.change(chg(8, 1));
  assert.deepEqual([seen.window?.rev, seen.rev], [2, 2]);
  assert.equal(seen.window?.msgs.find(({ seq }) => seq === 8)?.body, "m8 r1");
  await clock.turn(1_000);
  assert.equal(transport.of("gap").length, 0);
});
