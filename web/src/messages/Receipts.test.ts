import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeTransport, refusal } from "../../test/FakeTransport";
import { ManualClock, settled } from "../../test/ManualClock";
import { Receipts } from "./Receipts";

function setUp() {
  const clock = new ManualClock();
  const transport = new FakeTransport();
  const receipts = new Receipts(transport, clock);
  const reads = () => transport.of("read").map(({ payload }) => `${payload["c"]}:${payload["seq"]}`);
  const gots = () => transport.of("got").map(({ payload }) => JSON.stringify(payload["list"]));
  return { clock, transport, receipts, reads, gots };
}

test("read: the first at once, then at most one a second, the last always", async () => {
  const { clock, receipts, reads } = setUp();
  receipts.setOnline(true);
  for (const seq of [1, 2, 3, 4]) receipts.sawUpTo("a", seq);
  assert.deepEqual(reads(), ["a:1"]);
  await clock.turn(999);
  assert.deepEqual(reads(), ["a:1"]);
  await clock.turn(1);
  assert.deepEqual(reads(), ["a:1", "a:4"]);
  receipts.sawUpTo("a", 3);
  await clock.turn(5_000);
  assert.deepEqual(reads(), ["a:1", "a:4"], "it never moves back");
});

test("read: kept without a connection, said when it is there", () => {
  const { receipts, reads } = setUp();
  receipts.sawUpTo("a", 1);
  receipts.sawUpTo("a", 7);
  receipts.sawUpTo("b", 2);
  assert.deepEqual(reads(), []);
  receipts.setOnline(true);
  assert.deepEqual(reads(), ["a:7", "b:2"]);
});

test("read: said again when the answer did not come", async () => {
  const { transport, receipts, reads } = setUp();
  receipts.setOnline(true);
  receipts.sawUpTo("a", 3);
  transport.last("read").answer(refusal("offline", true));
  await settled();
  receipts.setOnline(false);
  receipts.setOnline(true);
  assert.deepEqual(reads(), ["a:3", "a:3"]);
});

test("what had no answer in time is said again on the same connection, and then no more", async () => {
  const { clock, transport, receipts, reads, gots } = setUp();
  receipts.setOnline(true);
  receipts.sawUpTo("a", 3);
  receipts.gotUpTo("b", 2);
  receipts.unreadFrom("d", 5, 1);
  await clock.turn(1_500); // the pause after a first word is over
  for (const event of ["read", "got", "unread"]) transport.last(event).answer(refusal("timeout", true));
  await clock.turn(3_000);
  assert.deepEqual(reads(), ["a:3", "a:3"]);
  assert.deepEqual(gots(), ['[["b",2]]', '[["b",2]]']);
  assert.equal(transport.of("unread").length, 2);
  for (const event of ["read", "got", "unread"]) transport.last(event).answer({ ok: true });
  await clock.turn(60_000);
  assert.equal(reads().length + gots().length + transport.of("unread").length, 6);
  assert.equal(clock.pending, 0);
});

test("got: gathered for a second into one list", async () => {
  const { clock, receipts, gots } = setUp();
  receipts.setOnline(true);
  receipts.gotUpTo("a", 1);
  receipts.gotUpTo("b", 4);
  receipts.gotUpTo("a", 2);
  await clock.turn(999);
  assert.deepEqual(gots(), []);
  await clock.turn(1);
  assert.deepEqual(gots(), ['[["a",2],["b",4]]']);
  receipts.gotUpTo("a", 2);
  await clock.turn(5_000);
  assert.equal(gots().length, 1, "what was said is not said again");
});

test("got: at most 100 entries at a time", async () => {
  const { clock, transport, receipts } = setUp();
  transport.script("got", () => ({ ok: true }));
  receipts.setOnline(true);
  for (let i = 0; i < 250; i++) receipts.gotUpTo(`c${i}`, 1);
  await clock.turn(1_000);
  assert.deepEqual(transport.of("got").map(({ payload }) => (payload["list"] as unknown[]).length), [100, 100, 50]);
});

test("flush says everything now, and leaves no timer", async () => {
  const { clock, receipts, reads, gots } = setUp();
  receipts.setOnline(true);
  receipts.sawUpTo("a", 1);
  receipts.sawUpTo("a", 5);
  receipts.gotUpTo("b", 2);
  receipts.flush();
  assert.deepEqual(reads(), ["a:1", "a:5"]);
  assert.deepEqual(gots(), ['[["b",2]]']);
  await clock.turn(5_000);
  assert.equal(clock.pending, 0);
});
