// Connection state recovery: the transport is taken away under the official client, which then comes back.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { bytes, connect, happens, open, startServer, TRAVELS } from "./harness.mjs";

let server;
before(async () => {
  server = await startServer({ options: ["--recovery", "60000"] });
});
after(() => server.stop());

/** Takes the transport away; returns when the client knows. */
async function lose(socket) {
  const gone = happens(socket, "disconnect");
  socket.io.engine.close();
  await gone;
}

/** Connects again; returns what arrived before the client was told that it is connected. */
async function back(socket) {
  const seen = [];
  const note = (payload) => seen.push(payload);
  socket.on("msg", note);
  const connected = happens(socket, "connect");
  socket.connect();
  await connected;
  socket.off("msg", note);
  return seen;
}

/** A connected client, and what the answer to its CONNECT said: the build mangles the client's own fields. */
async function introduced(t, server) {
  const socket = open(t, server);
  const answer = new Promise((resolve) => {
    socket.io.on("packet", ({ type, data }) => type === 0 && resolve(data));
  });
  await happens(socket, "connect");
  return [socket, await answer];
}

for (const travel of Object.keys(TRAVELS)) {
  describe(`over ${travel}`, () => {
    test("id, rooms and every missed event come back, once and in order", async (t) => {
      const room = `room-${travel}`;
      const socket = await connect(t, server, { travel });
      const sender = await connect(t, server);
      await socket.emitWithAck("join", room);
      assert.equal(socket.recovered, false);
      const { id } = socket;
      const first = happens(socket, "msg");
      await sender.emitWithAck("broadcast", room, "first");
      const [payload, offset] = await first;
      assert.equal(payload, "first");
      assert.match(offset, /^[\w-]{13}$/);

      await lose(socket);
      for (const number of [1, 2, 3]) await sender.emitWithAck("broadcast", room, number);
      await sender.emitWithAck("broadcast", "another room", "not this");
      await sender.emitWithAck("except", room, room, "nor this");
      assert.deepEqual(await back(socket), [1, 2, 3]);
      assert.equal(socket.recovered, true);
      assert.equal(socket.id, id);

      const later = happens(socket, "msg");
      await sender.emitWithAck("broadcast", room, "later");
      assert.equal((await later)[0], "later");
      assert.equal(await socket.emitWithAck("echo-ack", "well"), "well");

      // And again, with the offset of an event that came live after the first time.
      await lose(socket);
      await sender.emitWithAck("broadcast", room, "again");
      assert.deepEqual(await back(socket), ["again"]);
      assert.equal(socket.recovered, true);
      assert.equal(socket.id, id);
    });

    test("a client that has received no event recovers too", async (t) => {
      const room = `silent-${travel}`;
      const socket = await connect(t, server, { travel });
      const sender = await connect(t, server);
      await socket.emitWithAck("join", room);
      const { id } = socket;
      await lose(socket);
      await sender.emitWithAck("broadcast", room, "one");
      assert.deepEqual(await back(socket), ["one"]);
      assert.equal(socket.recovered, true);
      assert.equal(socket.id, id);
    });

    test("attachments are kept", async (t) => {
      const room = `binary-${travel}`;
      const socket = await connect(t, server, { travel });
      const sender = await connect(t, server);
      await socket.emitWithAck("join", room);
      await lose(socket);
      await sender.emitWithAck("broadcast", room, Buffer.from([1, 2, 255]));
      const [payload] = await back(socket);
      assert.deepEqual(bytes(payload), [1, 2, 255]);
      assert.equal(socket.recovered, true);
    });

    test("a client that leaves gets a new session", async (t) => {
      const socket = await connect(t, server, { travel });
      const { id } = socket;
      const gone = happens(socket, "disconnect");
      socket.disconnect();
      await gone;
      await back(socket);
      assert.equal(socket.recovered, false);
      assert.notEqual(socket.id, id);
    });
  });
}

test("a private id whose socket is live moves the session, and the old client is told", async (t) => {
  const [socket, { pid }] = await introduced(t, server);
  assert.match(pid, /^[\w-]{20}$/);
  const watcher = await connect(t, server);
  await watcher.emitWithAck("join", "watchers");
  const { id } = socket;
  const told = happens(socket, "disconnect");
  const left = happens(watcher, "left");
  const other = open(t, server, { auth: { pid } });
  await happens(other, "connect");
  assert.equal(other.id, id);
  assert.equal((await told)[0], "io server disconnect");
  assert.deepEqual((await left).slice(0, 2), [id, "session taken over"]);
  assert.equal(await other.emitWithAck("echo-ack", "mine"), "mine");
});

test("without recovery there is no private id and no offset", async (t) => {
  const plain = await startServer();
  t.after(() => plain.stop());
  const [socket, answer] = await introduced(t, plain);
  assert.deepEqual(Object.keys(answer), ["sid"]);
  const echo = happens(socket, "echo");
  socket.emit("echo", "x");
  assert.deepEqual(await echo, ["x"]);
  socket.disconnect();
});
