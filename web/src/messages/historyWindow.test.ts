import assert from "node:assert/strict";
import { test } from "node:test";
import { msg, msgs } from "../../test/samples";
import { appended, bottomOf, isContiguous, prepended, replaced, topOf, trimmed } from "./historyWindow";

const window = { msgs: msgs(5, 8), first: false, last: true, rev: 0 };
const span = (of: { msgs: readonly { seq: number }[] } | undefined) => of && of.msgs.map(({ seq }) => seq).join("");

test("appended: only what follows", () => {
  assert.equal(span(appended(window, msg(9))), "56789");
  for (const seq of [5, 8, 10, 99]) assert.equal(appended(window, msg(seq)), undefined);
  assert.equal(span(appended({ msgs: [], first: true, last: true, rev: 0 }, msg(1))), "1");
});

test("prepended: only what ends where the window begins, without a hole", () => {
  assert.equal(span(prepended(window, msgs(2, 4), false)), "2345678");
  assert.equal(prepended(window, msgs(1, 4), true)?.first, true);
  assert.equal(prepended(window, msgs(2, 3), false), undefined);
  assert.equal(prepended(window, msgs(4, 6), false), undefined);
  assert.equal(prepended(window, [msg(2), msg(4)], false), undefined);
  assert.deepEqual(prepended(window, [], true), { ...window, first: true, last: true, rev: 0 });
  assert.equal(prepended(window, [], false), undefined);
});

test("trimmed: the newest, and no longer the beginning", () => {
  const whole = { msgs: msgs(1, 8), first: true, last: true, rev: 0 };
  assert.deepEqual(trimmed(whole, 8), whole);
  assert.deepEqual(trimmed(whole, 3), { msgs: msgs(6, 8), first: false, last: true, rev: 0 });
});

test("ends of an empty window", () => {
  assert.deepEqual([
    bottomOf({ msgs: [], first: true, last: true, rev: 0 }),
    topOf({ msgs: [], first: true, last: true, rev: 0 }),
  ], [1, 0]);
  assert.equal(isContiguous([]), true);
});

test("a quote follows the message that it quotes, also one that is not in the window", () => {
  const reply = { seq: 1, from: "usr_ada", name: "Ada", body: "m1" };
  const whole = { ...window, msgs: [msg(1), msg(2, { reply })], first: true };
  const edited = replaced(whole, msg(1, { body: "😀".repeat(201), rev: 1 }));
  assert.equal(edited.msgs[1]?.reply?.body, "😀".repeat(200));
  assert.equal(edited.msgs[1]?.seq, 2);
  const part = { ...whole, msgs: whole.msgs.slice(1), first: false };
  const gone = replaced(part, msg(1, { body: "", del: true, rev: 2 }));
  assert.deepEqual(gone.msgs[0]?.reply, { ...reply, body: "", del: true });
  const back = replaced(gone, msg(1, { body: "again", rev: 3 }));
  assert.deepEqual(back.msgs[0]?.reply, { ...reply, body: "again" });
  assert.equal(replaced(part, msg(7, { rev: 4 })), part);
});
