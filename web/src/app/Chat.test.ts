import assert from "node:assert/strict";
import { test } from "node:test";
import { chatUnderTest } from "../../test/chatUnderTest";
import { refusal } from "../../test/FakeTransport";
import { settled } from "../../test/ManualClock";
import { c, conv, me, msg, msgs } from "../../test/samples";
import { listed } from "../conversations/listed";
import { totalUnread, waitingCount } from "./chatState";
import { digestOf } from "./digest";

test("hello brings the conversations; the one on screen its messages", async () => {
  const { chat, hello, state, bodies, transport } = chatUnderTest();
  chat.show(c);
  assert.equal(transport.calls.length, 0, "nothing is asked for without a connection");
  await hello();
  assert.equal(state().ready, true);
  assert.equal(bodies(), "m1 m2 m3");
});

test("a connection that missed nothing asks for nothing", async () => {
  const { chat, hello, transport } = chatUnderTest();
  await hello();
  chat.lost();
  await hello(true);
  assert.equal(transport.of("sync").length, 1);
  chat.lost();
  await hello(false);
  assert.equal(transport.of("sync").length, 2);
});

test("a first hello that claims to have recovered still brings the conversations", async () => {
  const { hello, state } = chatUnderTest();
  await hello(true);
  assert.equal(state().ready, true);
});

test("what was written is there at once, and stays one message through ack and event in either order", async () => {
  for (const order of ["ack first", "event first"]) {
    const { chat, hello, state, bodies, transport } = chatUnderTest();
    chat.show(c);
    await hello();
    chat.send(c, "hi");
    assert.deepEqual(state().outbox.map(({ body, state: at }) => [body, at]), [["hi", "sending"]]);
    await settled();
    const ack = () => transport.last("send").answer({ ok: true, seq: 4, ts: 4_000, id: `${c}/4`, dup: false });
    const event = () => chat.event("msg", msg(4, { from: me.u, cid: "cid1", body: "hi" }));
    for (const step of order === "ack first" ? [ack, event] : [event, ack]) {
      step();
      await settled();
    }
    assert.equal(bodies(), "m1 m2 m3 hi", order);
    assert.deepEqual(state().outbox, [], order);
    assert.equal(state().convs.get(c)?.seq, 4, order);
  }
});

test("an ack from beyond a hole: the own message stays in the outbox's place until the hole is filled", async () => {
  const { chat, hello, state, bodies, transport, server } = chatUnderTest();
  chat.show(c);
  await hello();
  transport.script("gap", undefined as never);
  chat.send(c, "hi");
  await settled();
  server.log = [...msgs(1, 5), msg(6, { from: me.u, cid: "cid1", body: "hi" })];
  transport.last("send").answer({ ok: true, seq: 6, ts: 6_000, id: `${c}/6`, dup: false });
  await settled();
  assert.equal(bodies(), "m1 m2 m3");
  assert.deepEqual(state().outbox.map(({ body, state: at }) => [body, at]), [["hi", "sent"]]);
  transport.last("gap").answer({ ok: true, msgs: server.log.slice(3), seq: 6, rev: 0, more: false, reset: false });
  await settled();
  assert.equal(bodies(), "m1 m2 m3 m4 m5 hi");
  assert.deepEqual(state().outbox, []);
});

test("a send whose answer was lost is one message after all", async () => {
  const { chat, hello, state, bodies, transport, server } = chatUnderTest();
  chat.show(c);
  await hello();
  chat.send(c, "hi");
  await settled();
  server.log = [...msgs(1, 3), msg(4, { from: me.u, cid: "cid1", body: "hi" })];
  server.convs = [conv({ seq: 4, read: 4 })];
  chat.lost();
  transport.last("send").answer(refusal("offline", true));
  await settled();
  assert.equal(waitingCount(state()), 1);
  transport.script(
    "send",
    ({ cid }) => (assert.equal(cid, "cid1"), { ok: true, seq: 4, ts: 4_000, id: `${c}/4`, dup: true }),
  );
  await hello();
  assert.equal(bodies(), "m1 m2 m3 hi");
  assert.deepEqual(state().outbox, []);
});

test("another epoch drops everything and begins anew", async () => {
  const { chat, hello, state, bodies, server } = chatUnderTest();
  chat.show(c);
  await hello();
  chat.lost();
  server.epoch = "e2";
  server.log = [msg(1, { body: "restored" })];
  server.convs = [conv({ seq: 1, read: 0, unread: 1 })];
  await hello();
  assert.equal(bodies(), "restored");
  assert.equal(state().convs.get(c)?.seq, 1);
});

test("unread: counted live, and gone when the person has seen it", async () => {
  const { chat, hello, state, transport } = chatUnderTest();
  await hello();
  chat.event("msg", msg(4));
  chat.event("msg", msg(5));
  chat.event("msg", msg(5));
  assert.equal(totalUnread(state()), 2);
  chat.sawUpTo(c, 5);
  assert.equal(totalUnread(state()), 0);
  assert.deepEqual(transport.of("read").map(({ payload }) => payload), [{ c, seq: 5 }]);
});

test("got is told where marks are kept, for other people's messages", async () => {
  const { chat, hello, clock, transport } = chatUnderTest([
    conv({ seq: 3, got: 3 }),
    conv({ c: "cnv_big", kind: "public", members: 51, seq: 1, got: 1 }),
  ]);
  await hello();
  chat.event("msg", msg(4));
  chat.event("msg", msg(2, { c: "cnv_big" }));
  await clock.turn(1_000);
  assert.deepEqual(transport.of("got").map(({ payload }) => payload["list"]), [[[c, 4]]]);
});

test("conversations come and go", async () => {
  const { chat, hello, state, left } = chatUnderTest();
  await hello();
  chat.event("conv", { conv: conv({ c: "cnv_b", kind: "public", name: "Room" }) });
  assert.ok(state().convs.has("cnv_b"));
  chat.event("conv.gone", { c });
  assert.deepEqual([...state().convs.keys()], ["cnv_b"]);
  assert.deepEqual(left, [c]);
});

test("what an event says while the list is on its way is not undone by the older list", async () => {
  const { chat, state, transport, server } = chatUnderTest([conv(), conv({ c: "cnv_old" })]);
  transport.script("sync", undefined as never);
  chat.hello({ v: 1, epoch: "e1", me, now: 0, recovered: false });
  chat.event("conv", { conv: conv({ c: "cnv_new" }) });
  chat.event("conv.gone", { c: "cnv_old" });
  transport.last("sync").answer({ ok: true, epoch: "e1", convs: server.convs });
  await settled();
  assert.deepEqual([...state().convs.keys()].sort(), [c, "cnv_new"]);
});

test("a conversation that a later list no longer has is left", async () => {
  const { chat, hello, state, left, server } = chatUnderTest();
  chat.show(c);
  await hello();
  chat.lost();
  server.convs = [];
  await hello();
  assert.equal(state().windows.size, 0);
  assert.deepEqual(left, [c]);
});

test("a message of an unknown conversation makes the list be asked for again", async () => {
  const { chat, hello, state, server } = chatUnderTest();
  await hello();
  server.convs = [...server.convs, conv({ c: "cnv_b", seq: 1, unread: 1 })];
  chat.event("msg", msg(1, { c: "cnv_b" }));
  await settled();
  assert.equal(state().convs.get("cnv_b")?.unread, 1);
});

test("a sync that the server could not do is repeated", async () => {
  const { chat, hello, state, transport, clock } = chatUnderTest();
  let calls = 0;
  transport.script(
    "sync",
    () => (++calls === 1 ? refusal("busy", true, 500) : { ok: true, epoch: "e1", convs: [conv()] }),
  );
  await hello();
  assert.equal(state().ready, false);
  await clock.turn(500);
  assert.equal(state().ready, true);
  chat.stop();
});

test("typing: shown for six seconds, or until the message; told at most every three seconds", async () => {
  const { chat, hello, state, clock, transport } = chatUnderTest();
  await hello();
  chat.event("typing", { c, u: "usr_ada", name: "Ada" });
  chat.event("typing", { c, u: me.u, name: me.name });
  assert.deepEqual(state().typing.get(c), [{ u: "usr_ada", name: "Ada" }]);
  await clock.turn(6_000);
  assert.equal(state().typing.get(c), undefined);
  chat.event("typing", { c, u: "usr_ada", name: "Ada" });
  chat.event("msg", msg(4));
  assert.equal(state().typing.get(c), undefined);
  for (const wait of [0, 1_000, 1_999, 1]) {
    await clock.turn(wait);
    chat.typing(c);
  }
  assert.equal(transport.hints.length, 2);
});

test("a change is applied to the message, the counters and the list", async () => {
  const { chat, hello, state, bodies } = chatUnderTest();
  chat.show(c);
  await hello();
  chat.event("chg", { c, rev: 1, seq: 3, k: "edit", msg: msg(3, { body: "m3!", rev: 1, v: 2, edited: 5 }) });
  assert.equal(bodies(), "m1 m2 m3!");
  assert.equal(state().convs.get(c)?.rev, 1);
});

test("what I do to a message is shown until the change has come, in either order of ack and event", async () => {
  for (const order of ["ack first", "event first"]) {
    const { chat, hello, state, transport } = chatUnderTest();
    chat.show(c);
    await hello();
    chat.amend(c, 3, { kind: "edit", body: "mine", base: 1 });
    assert.equal(state().amendments.length, 1);
    const ack = () => transport.last("edit").answer({ ok: true, rev: 1, v: 2 });
    const event = () => chat.event("chg", { c, rev: 1, seq: 3, k: "edit", msg: msg(3, { body: "mine", rev: 1 }) });
    for (const step of order === "ack first" ? [ack, event] : [event, ack]) {
      assert.equal(state().amendments.length, 1, order);
      step();
      await settled();
    }
    assert.equal(state().amendments.length, 0, order);
  }
});

test("an edit that the server refuses comes back to be changed", async () => {
  const { chat, hello, state, transport } = chatUnderTest();
  await hello();
  chat.amend(c, 3, { kind: "edit", body: "mine", base: 1 });
  transport.last("edit").answer(refusal("conflict", false));
  await settled();
  assert.deepEqual(state().refusedEdit, { c, seq: 3, body: "mine", code: "conflict" });
});

test("unread from here: the marker stays back although the messages are on screen, until the person comes again", async () => {
  const { chat, hello, state, transport } = chatUnderTest();
  transport.script("unread", ({ rr }) => ({ ok: true, read: 1, unread: 2, rr }));
  chat.show(c);
  await hello();
  chat.markUnreadFrom(c, 2);
  chat.sawUpTo(c, 3);
  assert.deepEqual([state().convs.get(c)?.read, state().convs.get(c)?.unread], [1, 2]);
  assert.deepEqual(transport.of("unread").map(({ payload }) => payload), [{ c, seq: 2, rr: 1 }]);
  assert.equal(transport.of("read").length, 0);
  chat.show(undefined);
  chat.show(c);
  chat.sawUpTo(c, 3);
  assert.equal(state().convs.get(c)?.unread, 0);
  assert.equal(transport.of("read").length, 1);
});

test("marked unread on another device: not read again by being open here", async () => {
  const { chat, hello, state, transport } = chatUnderTest();
  chat.show(c);
  await hello();
  chat.event("mark", { c, u: me.u, read: 1, unread: 2, mentions: 0, rr: 1 });
  chat.sawUpTo(c, 3);
  assert.deepEqual([state().convs.get(c)?.read, state().convs.get(c)?.unread], [1, 2]);
  assert.equal(transport.of("read").length, 0);
});

test("a digest that differs twice in a row makes the list be asked for again, and so does resync", async () => {
  const { chat, hello, clock, transport } = chatUnderTest();
  await hello();
  await clock.turn(30_000);
  const tick = (dig: string) => chat.event("tick", { dig });
  const mine = digestOf(chat.state.get().convs.values());
  for (const dig of [mine, "0123456789abcdef", mine, "0123456789abcdef"]) tick(dig);
  assert.equal(transport.of("sync").length, 1);
  tick("0123456789abcdef");
  assert.equal(transport.of("sync").length, 2);
  assert.equal(transport.last("sync").payload.why, "tick", "the server counts them");
  await settled();
  chat.event("resync", {});
  assert.equal(transport.of("sync").length, 3);
});

test("a read marker that the server has not got is told again after a sync", async () => {
  const { chat, hello, transport, server } = chatUnderTest([conv({ seq: 3, read: 1, unread: 2 })]);
  transport.script("read", () => refusal("forbidden", false));
  await hello();
  chat.sawUpTo(c, 3);
  await settled();
  assert.equal(server.convs[0]?.read, 1);
  chat.event("resync", {});
  await settled();
  assert.equal(transport.of("read").length, 1, "at most one a second");
  chat.flush();
  assert.deepEqual(transport.of("read").map(({ payload }) => payload["seq"]), [3, 3]);
});

test("events of a kind that is not known, or too early, do no harm", async () => {
  const { chat, hello, state } = chatUnderTest();
  chat.event("msg", msg(1));
  chat.event("mark", { c: "cnv_none", u: "x", read: 1 });
  chat.event("something.new", { a: 1 });
  await hello();
  assert.equal(state().ready, true);
});

test("the list leaves out direct conversations without a word, but for the open one and those with a draft", () => {
  const convs = new Map(
    [conv({ c: "empty" }), conv({ c: "room", kind: "public" }), conv({ c: "spoken", seq: 1 })].map((
      each,
    ) => [each.c, each]),
  );
  const names = (open?: string, begun?: ReadonlySet<string>) => listed(convs, open, begun).map((each) => each.c).sort();
  assert.deepEqual(names(), ["room", "spoken"]);
  assert.deepEqual(names("empty"), ["empty", "room", "spoken"]);
  assert.deepEqual(names(undefined, new Set(["empty"])), ["empty", "room", "spoken"]);
});
