import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeTransport, refusal } from "../../test/FakeTransport";
import { ManualClock, settled } from "../../test/ManualClock";
import { MemoryStorage } from "../../test/MemoryStorage";
import type { OutboxItem, OutboxOptions } from "./Outbox";
import { Outbox } from "./Outbox";
import type { OutboxStorage, StoredFile } from "./OutboxStorage";

function setUp(storage: OutboxStorage = new MemoryStorage()) {
  const clock = new ManualClock();
  const transport = new FakeTransport();
  const seen = { items: [] as readonly OutboxItem[], accepted: [] as string[] };
  const uploads: { id: string; done: (outcome: Uploaded) => void }[] = [];
  let cids = 0;
  const outbox = new Outbox({
    storage,
    clock,
    newCid: () => `cid${++cids}`,
    random: () => 0,
    send: (payload) => transport.request("send", payload),
    upload: ({ id }) => new Promise((done) => uploads.push({ id, done })),
    changed: (items) => (seen.items = items),
    accepted: (item, { seq }) => seen.accepted.push(`${item.cid}=${seq}`),
  });
  const states = () => seen.items.map(({ body, state }) => `${body}:${state}`).join(" ");
  const sent = () => transport.of("send").map(({ payload }) => payload["body"]);
  return { clock, transport, outbox, seen, states, sent, uploads };
}

type Uploaded = Awaited<ReturnType<OutboxOptions["upload"]>>;
const arrived = (f: string): Uploaded => ({
  ok: true,
  file: { f, name: "a", type: "text/plain", size: 1, kind: "file" },
});
const file = (id: string): StoredFile => ({ id, name: id, type: "text/plain", size: 1, blob: new Blob(["x"]) });

const ok = (seq: number) => ({ ok: true, seq, ts: 1, id: `cnv_a/${seq}`, dup: false });

test("a message is stored before its first attempt, and removed when it is on the server", async () => {
  const storage = new MemoryStorage();
  const { transport, outbox, seen } = setUp(storage);
  outbox.setOnline(true);
  outbox.add("a", "hello");
  assert.equal(transport.of("send").length, 0, "nothing leaves before the storage has it");
  await settled();
  assert.deepEqual([...storage.kept.values()].map(({ body }) => body), ["hello"]);
  assert.deepEqual(transport.last("send").payload, { c: "a", cid: "cid1", body: "hello" });
  transport.last("send").answer(ok(1));
  await settled();
  assert.equal(storage.kept.size, 0);
  assert.deepEqual(seen.accepted, ["cid1=1"]);
});

test("one in flight per conversation, in order; conversations side by side", async () => {
  const { transport, outbox, sent } = setUp();
  outbox.setOnline(true);
  for (const [c, body] of [["a", "a1"], ["a", "a2"], ["b", "b1"]] as const) outbox.add(c, body);
  await settled();
  assert.deepEqual(sent(), ["a1", "b1"]);
  transport.calls[0]?.answer(ok(1));
  await settled();
  assert.deepEqual(sent(), ["a1", "b1", "a2"]);
});

test("without a connection a message waits, and goes with the same cid when it is back", async () => {
  const { transport, outbox, states } = setUp();
  outbox.add("a", "x");
  await settled();
  assert.equal(states(), "x:waiting");
  outbox.setOnline(true);
  await settled();
  assert.equal(states(), "x:sending");
  outbox.setOnline(false);
  transport.last("send").answer(refusal("offline", true));
  await settled();
  assert.equal(states(), "x:waiting");
  outbox.setOnline(true);
  await settled();
  assert.deepEqual(transport.of("send").map(({ payload }) => payload["cid"]), ["cid1", "cid1"]);
});

test("a refusal that may pass is repeated after 1 s, 2 s, 4 s; the server's own figure wins", async () => {
  const { clock, transport, outbox, sent } = setUp();
  outbox.setOnline(true);
  outbox.add("a", "x");
  await settled();
  for (
    const [refused, delay] of [[refusal("timeout", true), 1_000], [refusal("busy", true), 2_000], [
      refusal("rate", true, 7_000),
      7_000,
    ]] as const
  ) {
    const before = sent().length;
    transport.last("send").answer(refused);
    await clock.turn(delay - 1);
    assert.equal(sent().length, before, `not before ${delay}`);
    await clock.turn(1);
    assert.equal(sent().length, before + 1, `after ${delay}`);
  }
});

test("a final refusal stays visible, survives a reload, and does not hold up the next message", async () => {
  const storage = new MemoryStorage();
  const first = setUp(storage);
  first.outbox.setOnline(true);
  first.outbox.add("a", "long");
  first.outbox.add("a", "next");
  await settled();
  first.transport.last("send").answer(refusal("too_long", false));
  await settled();
  assert.equal(first.states(), "long:failed next:sending");

  const second = setUp(storage);
  second.outbox.adopt(await storage.load());
  second.outbox.setOnline(true);
  await settled();
  assert.equal(second.states(), "long:failed next:sending");
  second.outbox.retry("cid1");
  second.transport.last("send").answer(ok(1));
  await settled();
  assert.deepEqual(second.sent(), ["next", "long"]);
});

test("discard removes a failed message only", async () => {
  const storage = new MemoryStorage();
  const { transport, outbox, states } = setUp(storage);
  outbox.setOnline(true);
  outbox.add("a", "x");
  await settled();
  outbox.discard("cid1");
  assert.equal(states(), "x:sending");
  transport.last("send").answer(refusal("forbidden", false));
  await settled();
  outbox.discard("cid1");
  await settled();
  assert.equal(states(), "");
  assert.equal(storage.kept.size, 0);
});

test("the message itself settles an attempt whose answer was lost", async () => {
  const { transport, outbox, states, sent } = setUp();
  outbox.setOnline(true);
  outbox.add("a", "x");
  outbox.add("a", "y");
  await settled();
  outbox.settle("cid1");
  await settled();
  assert.equal(states(), "y:sending");
  transport.calls[0]?.answer(refusal("timeout", true));
  await settled();
  assert.deepEqual(sent(), ["x", "y"], "x is not sent again");
});

test("a sent message stays until the history covers it", async () => {
  const { transport, outbox, states } = setUp();
  outbox.setOnline(true);
  outbox.add("a", "x");
  await settled();
  transport.last("send").answer(ok(8));
  await settled();
  outbox.release("a", 7);
  assert.equal(states(), "x:sent");
  outbox.release("a", 8);
  assert.equal(states(), "");
});

test("a storage that fails or hangs does not hold up a message for good", async () => {
  const broken: OutboxStorage = {
    load: () => Promise.reject(new Error("no")),
    put: () => Promise.reject(new Error("no")),
    remove: () => Promise.reject(new Error("no")),
  };
  const failing = setUp(broken);
  failing.outbox.setOnline(true);
  failing.outbox.add("a", "x");
  await settled();
  assert.deepEqual(failing.sent(), ["x"]);

  const hanging = setUp({ ...broken, put: () => new Promise(() => {}) });
  hanging.outbox.setOnline(true);
  hanging.outbox.add("a", "x");
  await hanging.clock.turn(299);
  assert.deepEqual(hanging.sent(), []);
  await hanging.clock.turn(1);
  assert.deepEqual(hanging.sent(), ["x"]);
});

test("stopped means silent", async () => {
  const { clock, transport, outbox, sent } = setUp();
  outbox.setOnline(true);
  outbox.add("a", "x");
  await settled();
  transport.last("send").answer(refusal("busy", true));
  await settled();
  outbox.stop();
  await clock.turn(60_000);
  assert.deepEqual(sent(), ["x"]);
  assert.equal(clock.pending, 0);
});

test("files go first, one after the other; the message names them and what it answers", async () => {
  const storage = new MemoryStorage();
  const { transport, outbox, uploads, seen } = setUp(storage);
  outbox.setOnline(true);
  const reply = { seq: 7, from: "u", name: "U", body: "q" };
  outbox.add("a", "", { files: [file("one"), file("two")], reply });
  await settled();
  assert.deepEqual(uploads.map(({ id }) => id), ["one"]);
  uploads[0]?.done(arrived("fil_1"));
  await settled();
  assert.equal(transport.of("send").length, 0);
  uploads[1]?.done(arrived("fil_2"));
  await settled();
  assert.deepEqual(transport.last("send").payload, {
    c: "a",
    cid: "cid1",
    body: "",
    reply: 7,
    files: ["fil_1", "fil_2"],
  });
  assert.deepEqual([...storage.kept.values()].map(({ files }) => files?.length), [2], "kept until it is acknowledged");
  assert.deepEqual(seen.items[0]?.files?.map(({ done }) => done?.f), ["fil_1", "fil_2"]);
});

test("an upload that did not arrive is repeated; one that is refused fails the message, which keeps its files", async () => {
  const storage = new MemoryStorage();
  const { clock, transport, outbox, uploads, states } = setUp(storage);
  outbox.setOnline(true);
  outbox.add("a", "with a file", { files: [file("one")] });
  await settled();
  uploads[0]?.done(refusal("unreachable", true));
  await clock.turn(1_000);
  assert.equal(uploads.length, 2);
  uploads[1]?.done(refusal("too_large", false));
  await settled();
  assert.equal(states(), "with a file:failed");
  assert.equal(transport.of("send").length, 0);
  assert.equal(storage.kept.get("cid1")?.files?.length, 1);
  outbox.retry("cid1");
  await settled();
  assert.equal(uploads.length, 3);
});
