import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeTransport, refusal } from "../../test/FakeTransport";
import { ManualClock, settled } from "../../test/ManualClock";
import { c, me, msg } from "../../test/samples";
import type { Amendment } from "./Amendments";
import { amended, Amendments, withReaction } from "./Amendments";

function setUp() {
  const clock = new ManualClock();
  const transport = new FakeTransport();
  const seen = { list: [] as readonly Amendment[], refused: [] as string[], rev: 0 };
  let mids = 0;
  const amendments: Amendments = new Amendments({
    clock,
    transport,
    newMid: () => `mid${++mids}`,
    random: () => 0,
    changed: (list) => (seen.list = list),
    accepted: () => amendments.settle(c, seen.rev),
    refused: (one, { code }) => seen.refused.push(`${one.kind} ${code}`),
  });
  return { clock, transport, amendments, seen };
}

test("shown at once, sent when there is a connection, shown until the history has it", async () => {
  const { transport, amendments, seen } = setUp();
  amendments.add(c, 3, { kind: "edit", body: "better", base: 1 });
  assert.equal(amended(msg(3), seen.list, me.u).body, "better");
  assert.equal(amended(msg(4), seen.list, me.u).body, "m4");
  assert.equal(transport.calls.length, 0);
  amendments.setOnline(true);
  assert.deepEqual(transport.last("edit").payload, { c, seq: 3, mid: "mid1", body: "better", base: 1 });
  transport.last("edit").answer({ ok: true, rev: 7 });
  await settled();
  assert.equal(seen.list.length, 1, "revision 7 has not come yet");
  assert.equal(amended(msg(3, { rev: 8, body: "even newer" }), seen.list, me.u).body, "even newer");
  amendments.settle(c, 7);
  assert.equal(seen.list.length, 0);
});

test("the same mid again after a lost answer; in order for each message, messages side by side", async () => {
  const { clock, transport, amendments } = setUp();
  amendments.setOnline(true);
  amendments.add(c, 1, { kind: "react", emoji: "👍", on: true });
  amendments.add(c, 1, { kind: "react", emoji: "👍", on: false });
  amendments.add(c, 2, { kind: "pin", on: true });
  const sent = () => transport.calls.map(({ event, payload }) => `${event} ${payload["mid"]}`);
  assert.deepEqual(sent(), ["react mid1", "pin mid3"]);
  transport.of("react")[0]?.answer(refusal("timeout", true));
  await clock.turn(1_000);
  assert.deepEqual(sent(), ["react mid1", "pin mid3", "react mid1"]);
  transport.of("react")[1]?.answer({ ok: true, rev: 1 });
  await settled();
  assert.deepEqual(sent(), ["react mid1", "pin mid3", "react mid1", "react mid2"]);
});

test("offline: waits, and goes on with the connection", async () => {
  const { transport, amendments, seen } = setUp();
  amendments.setOnline(true);
  amendments.add(c, 1, { kind: "del" });
  transport.last("del").answer(refusal("offline", true));
  amendments.setOnline(false);
  await settled();
  assert.equal(transport.of("del").length, 1);
  assert.equal(seen.list.length, 1);
  amendments.setOnline(true);
  assert.equal(transport.of("del").length, 2);
});

test("refused for good: taken back, and said", async () => {
  const { transport, amendments, seen } = setUp();
  amendments.setOnline(true);
  amendments.add(c, 1, { kind: "edit", body: "x", base: 1 });
  transport.last("edit").answer(refusal("conflict", false));
  await settled();
  assert.deepEqual(seen.list, []);
  assert.deepEqual(seen.refused, ["edit conflict"]);
});

test("reactions: counted, mine once, gone with the last one", () => {
  const one = withReaction([["👍", 2, ["a", "b"]]], "👍", true, me.u);
  assert.deepEqual(one, [["👍", 3, ["a", "b", me.u]]]);
  assert.equal(withReaction(one, "👍", true, me.u), one);
  assert.deepEqual(withReaction([["👍", 1, [me.u]]], "👍", false, me.u), []);
  assert.deepEqual(withReaction([], "🎉", true, me.u), [["🎉", 1, [me.u]]]);
  assert.deepEqual(withReaction([], "🎉", false, me.u), []);
});

test("a deleted message keeps its place and nothing else", () => {
  const before = msg(1, {
    re: [["👍", 1, ["a"]]],
    files: [],
    pin: "a",
    reply: { seq: 1, from: "a", name: "A", body: "q" },
  });
  const list: Amendment[] = [{ kind: "del", mid: "m", c, seq: 1, at: 5 }];
  const { body, del, re, files, pin, reply } = amended(before, list, me.u);
  assert.deepEqual({ body, del, re, files, pin, reply }, {
    body: "",
    del: true,
    re: undefined,
    files: undefined,
    pin: undefined,
    reply: undefined,
  });
});

test("a preview that I take away is gone at once", () => {
  const list = [{ kind: "unpreview", mid: "m", c, seq: 2, at: 1 }] as const;
  const shown = amended(msg(2, { previews: [{ url: "https://a.example", title: "A" }] }), list, me.u);
  assert.equal(shown.previews, undefined);
  assert.equal(shown.body, "m2");
});
