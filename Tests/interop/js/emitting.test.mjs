// Broadcasts that clients answer, flags, and clients that send again until they are acknowledged: the official client judges.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { bytes, connect, happens, startServer, TRAVELS } from "./harness.mjs";

let server;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

/** Clients that are together in a room of their own. */
async function crowd(t, travel, count) {
  const room = randomUUID();
  const sockets = await Promise.all([...Array(count).keys()].map(() => connect(t, server, { travel })));
  await Promise.all(sockets.map((socket) => socket.emitWithAck("join", room)));
  return [room, ...sockets];
}

for (const travel of Object.keys(TRAVELS)) {
  describe(`over ${travel}`, () => {
    test("everybody in a room is asked, with binary both ways", async (t) => {
      const [room, a, b, c] = await crowd(t, travel, 3);
      const seen = [];
      for (const [index, socket] of [a, b, c].entries()) {
        socket.on("question", (value, answer) => {
          seen.push(bytes(value.data));
          answer({ index, data: new Uint8Array([index]) });
          answer("only the first counts");
        });
      }
      const report = await a.emitWithAck("ask-room", room, 5000, { data: new Uint8Array([7]) });
      assert.deepEqual(seen, [[7], [7], [7]]);
      assert.ok(report.isComplete);
      assert.deepEqual(report.missing, []);
      for (const [index, socket] of [a, b, c].entries()) {
        assert.equal(report.replies[socket.id].index, index);
        assert.deepEqual(bytes(report.replies[socket.id].data), [index]);
      }
    });

    test("who does not answer in time is missing, the others' answers are kept", async (t) => {
      const [room, a, b] = await crowd(t, travel, 2);
      a.on("question", (value, answer) => answer(value));
      const report = await a.emitWithAck("ask-room", room, 200, "x");
      assert.deepEqual(report.replies, { [a.id]: "x" });
      assert.deepEqual(report.missing, [b.id]);
      assert.deepEqual(report.disconnected, []);
      assert.ok(!report.isComplete);
    });

    test("who goes is missing at once", async (t) => {
      const [room, a, b] = await crowd(t, travel, 2);
      const gone = b.id;
      a.on("question", (value, answer) => answer(value));
      b.on("question", () => b.disconnect());
      const report = await a.emitWithAck("ask-room", room, 20_000, "x");
      assert.deepEqual(report.replies, { [a.id]: "x" });
      assert.deepEqual(report.missing, [gone]);
      assert.deepEqual(report.disconnected, [gone]);
    });

    test("nobody is asked", async (t) => {
      const a = await connect(t, server, { travel });
      const report = await a.emitWithAck("ask-room", randomUUID(), 20_000, "x");
      assert.deepEqual(report, { replies: {}, missing: [], disconnected: [], isComplete: true });
    });

    test("sockets are fetched with their rooms and data", async (t) => {
      const [room, a, b] = await crowd(t, travel, 2);
      await a.emitWithAck("set-data", { name: "ä" });
      const seen = await b.emitWithAck("fetch", room);
      const expected = [
        { id: a.id, rooms: [a.id, room].sort(), data: { name: "ä" } },
        { id: b.id, rooms: [b.id, room].sort(), data: {} },
      ];
      const order = (list) => list.sort((x, y) => (x.id < y.id ? -1 : 1));
      assert.deepEqual(order(seen), order(expected));
    });

    test("send is the event message, both ways", async (t) => {
      const socket = await connect(t, server, { travel });
      const back = happens(socket, "message");
      socket.send("hi");
      assert.deepEqual(await back, ["hi", "back"]);
    });

    test("a client with retries is handled once, however often it sends", async (t) => {
      const socket = await connect(t, server, { travel, retries: 10, ackTimeout: 150 });
      const sent = [];
      socket.onAnyOutgoing((name) => sent.push(name));
      const before = await socket.emitWithAck("handled", 0);
      const number = await socket.emitWithAck("note", { id: randomUUID(), delay: 400 });
      assert.equal(number, before + 1);
      assert.ok(sent.filter((name) => name === "note").length > 1, "the client did send again");
      assert.equal(await socket.emitWithAck("handled", 0), before + 1);
    });

    test("a client with retries is handled once across a reconnect", async (t) => {
      const options = { travel, retries: 10, ackTimeout: 20_000, reconnection: true, reconnectionDelay: 10 };
      const socket = await connect(t, server, options);
      const before = await socket.emitWithAck("handled", 0);
      const first = socket.id;
      const answer = socket.emitWithAck("note", { id: randomUUID(), delay: 100 });
      // The connection is gone before the answer can come.
      const other = await connect(t, server, { travel: "websocket" });
      while ((await other.emitWithAck("handled", 0)) === before);
      socket.io.engine.close();
      await happens(socket, "connect");
      assert.notEqual(socket.id, first);
      assert.equal(await answer, before + 1);
      assert.equal(await socket.emitWithAck("handled", 0), before + 1);
    });

    test("the server delivers until the client acknowledges, or gives up", async (t) => {
      const socket = await connect(t, server, { travel });
      let times = 0;
      const hear = (text, answer) => {
        assert.equal(text, "x");
        times += 1;
        if (times === 2) answer();
      };
      socket.on("important", hear);
      assert.equal(await socket.emitWithAck("deliver", 100), "delivered");
      assert.equal(times, 2);
      times = 10;
      assert.equal(await socket.emitWithAck("deliver", 50), "given up");
      assert.equal(times, 13);
    });
  });
}

test("volatile events go first or not at all", async (t) => {
  const socket = await connect(t, server, { travel: "websocket" });
  const seen = [];
  socket.on("v", (n) => seen.push(n));
  socket.emit("volatile");
  assert.equal(await socket.emitWithAck("echo-ack", 0), 0);
  assert.deepEqual(seen, [1, 3]);
});
