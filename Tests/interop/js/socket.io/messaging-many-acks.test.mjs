// The behaviours behind socket.io/test/messaging-many.ts: acknowledgements of many.
import { test } from "node:test";
import { assert, calls, settled, stage } from "../stage.mjs";

/** Three clients that answer "some event" with 1, 2 and 3; the last perhaps not at all. */
async function three(t, { lastAnswers = true, plan = {} } = {}) {
  const server = await stage(t, plan);
  const sockets = await Promise.all([1, 2, 3].map(() => server.connected()));
  sockets.forEach((socket, index) => {
    if (index < 2 || lastAnswers) socket.on("some event", (answer) => answer(index + 1));
  });
  return { server, sockets };
}

/** Asks everybody; the answers sorted, and who is missing. */
async function ask(server, step) {
  const { replies, missing } = await server.tell({ emit: "some event", timeout: 5_000, ...step });
  return { replies: Object.values(replies).map(([value]) => value).sort(), missing };
}

/** The same by a handler of an event, as an application would. */
const HANDLER = { namespaces: { "/": { on: { ask: [{ emit: "some event", over: "namespace", timeout: 300 }, { ack: ["$result"] }] } } } };

test("should broadcast and expect multiple acknowledgements", async (t) => {
  const { server } = await three(t);
  assert.deepEqual(await ask(server), { replies: [1, 2, 3], missing: [] });
});

test("should fail when a client does not acknowledge the event in the given delay", async (t) => {
  const { server, sockets } = await three(t, { lastAnswers: false });
  assert.deepEqual(await ask(server, { timeout: 200 }), { replies: [1, 2], missing: [sockets[2].id] });
});

test("should broadcast and expect multiple acknowledgements (promise)", async (t) => {
  const { sockets } = await three(t, { plan: HANDLER });
  const { replies } = await sockets[0].emitWithAck("ask");
  assert.deepEqual(Object.values(replies).flat().sort(), [1, 2, 3]);
});

test("should fail when a client does not acknowledge the event in the given delay (promise)", async (t) => {
  const { sockets } = await three(t, { lastAnswers: false, plan: HANDLER });
  const { replies, missing } = await sockets[0].emitWithAck("ask");
  assert.deepEqual(Object.values(replies).flat().sort(), [1, 2]);
  assert.deepEqual(missing, [sockets[2].id]);
});

test("should broadcast and return if the packet is sent to 0 client", async (t) => {
  const { server, sockets } = await three(t);
  const got = sockets.map((socket) => calls(socket, "some event"));
  assert.deepEqual(await ask(server, { to: ["room123"] }), { replies: [], missing: [] });
  await settled(...sockets);
  assert.deepEqual(got, [[], [], []]);
});
