import assert from "node:assert/strict";
import { test } from "node:test";
import { chatUnderTest } from "../../test/chatUnderTest";
import { FakeTransport } from "../../test/FakeTransport";
import { ManualClock, settled } from "../../test/ManualClock";
import { c, conv, me, msg, msgs } from "../../test/samples";
import { History } from "../messages/History";

test("a marker beyond the newest message known here tells of a message that did not come", async () => {
  const { chat, hello, transport, server, state } = chatUnderTest();
  await hello();
  server.log = [...msgs(1, 5)];
  chat.event("mark", { c, u: me.u, read: 5, unread: 0 });
  await settled();
  assert.equal(transport.last("gap").payload.from, 4);
  assert.equal(state().convs.get(c)?.seq, 5);
});

test("what comes while the first list is on its way is not lost with it", async () => {
  const { chat, hello, transport, server, state } = chatUnderTest();
  let answered = 0;
  transport.script(
    "sync",
    () => ({ ok: true, epoch: server.epoch, convs: ++answered === 1 ? server.convs : [conv({ seq: 4 })] }),
  );
  const first = hello();
  chat.event("msg", msg(4));
  await first;
  await settled();
  assert.equal(state().convs.get(c)?.seq, 4);
});

test("what I wrote on another device is read, and so is everything before it", async () => {
  const { chat, hello, state } = chatUnderTest([conv({ seq: 3, read: 1, unread: 2 })]);
  await hello();
  chat.event("msg", msg(4, { from: me.u }));
  assert.equal(state().convs.get(c)?.read, 4);
  assert.equal(state().convs.get(c)?.unread, 0);
});

test("a stored message that is sent before the list has come waits for it", async () => {
  const { chat, hello, transport, server, state, storage } = chatUnderTest();
  await storage.put({ cid: "kept", c, body: "hi", at: 1 });
  server.log = [...msgs(1, 3), msg(4, { from: me.u, cid: "kept", body: "hi" })];
  server.convs = [conv({ seq: 4, read: 4 })];
  transport.script("sync", undefined as never);
  transport.script("send", () => ({ ok: true, seq: 4, ts: 4_000, id: `${c}/4`, dup: true }));
  await hello();
  await chat.adoptStored();
  await settled();
  transport.last("sync").answer({ ok: true, epoch: server.epoch, convs: server.convs });
  await settled();
  assert.equal(state().convs.get(c)?.seq, 4);
  assert.deepEqual(state().outbox, []);
});

test("messages that nobody counts are held, and not turned round for ever", async () => {
  const uncounted = { counted: () => 0, count: () => undefined, revised: () => 0, revise: () => undefined };
  const quiet = { wanted: () => undefined, changed: () => undefined, stale: () => undefined, gone: () => undefined };
  const transport = new FakeTransport();
  const history = new History(transport, new ManualClock(), { ...uncounted, ...quiet });
  history.receive(msg(1));
  assert.equal(transport.of("gap").length, 1);
});
