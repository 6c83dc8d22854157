// Namespaces, authentication, the ways a connection ends, and coming back.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { connect, happens, open, startServer, TRAVELS } from "./harness.mjs";

/** Tries again soon and often. */
const PATIENT = { reconnection: true, reconnectionDelay: 20, reconnectionDelayMax: 100 };

let server;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

/** The server's reason for the end of the socket with this id. */
async function reasonOf(watcher, id) {
  for (;;) {
    const [who, reason] = await happens(watcher, "left");
    if (who === id) return reason;
  }
}

for (const travel of Object.keys(TRAVELS)) {
  describe(`over ${travel}`, () => {
    test("a namespace refuses with a message and data, and lets in", async (t) => {
      const socket = await connect(t, server, { travel });
      const admin = socket.io.socket("/admin", { auth: { token: "wrong" } });
      t.after(() => admin.disconnect());
      const [error] = await happens(admin, "connect_error");
      assert.equal(error.message, "not authorized");
      assert.deepEqual(error.data, { code: 401, field: "token" });

      admin.auth = { token: "secret", name: "Ünal" };
      const connected = happens(admin, "connect");
      admin.connect();
      await connected;
      assert.deepEqual(await admin.emitWithAck("whoami"), { token: "secret", name: "Ünal" });
      assert.notEqual(admin.id, socket.id);
      assert.equal(await socket.emitWithAck("echo-ack", "main lives"), "main lives");
    });

    test("a namespace that does not exist", async (t) => {
      const socket = open(t, server, { travel, namespace: "/nowhere" });
      const [error] = await happens(socket, "connect_error");
      assert.equal(error.message, "Invalid namespace");
    });

    test("leaving one namespace keeps the other", async (t) => {
      const socket = await connect(t, server, { travel });
      const admin = socket.io.socket("/admin", { auth: { token: "secret" } });
      t.after(() => admin.disconnect());
      await happens(admin, "connect");
      const gone = happens(socket, "disconnect");
      socket.disconnect();
      assert.equal((await gone)[0], "io client disconnect");
      assert.equal(await admin.emitWithAck("echo-ack", "still"), "still");
    });

    test("the server disconnects a socket", async (t) => {
      const socket = await connect(t, server, { travel });
      const gone = happens(socket, "disconnect");
      socket.emit("kick");
      assert.equal((await gone)[0], "io server disconnect");
    });

    test("the server closes the connection", async (t) => {
      const socket = await connect(t, server, { travel });
      const gone = happens(socket, "disconnect");
      socket.emit("drop");
      assert.match((await gone)[0], /^(transport close|io server disconnect)$/);
    });

    test("the server learns how a client left", async (t) => {
      const watcher = await connect(t, server, { travel });
      await watcher.emitWithAck("join", "watchers");
      const polite = await connect(t, server, { travel });
      const politely = reasonOf(watcher, polite.id);
      polite.disconnect();
      assert.match(await politely, /^(client namespace disconnect|transport close)$/);
      const abrupt = await connect(t, server, { travel });
      const abruptly = reasonOf(watcher, abrupt.id);
      abrupt.io.engine.close();
      assert.equal(await abruptly, "transport close");
    });

    test("a client comes back by itself and sends what it kept", async (t) => {
      const socket = await connect(t, server, { travel, ...PATIENT });
      const firstID = socket.id;
      const gone = happens(socket, "disconnect");
      socket.io.engine.close();
      assert.equal((await gone)[0], "forced close");
      // Said while offline: the client keeps it until it is connected again.
      assert.equal(await socket.emitWithAck("echo-ack", "kept"), "kept");
      assert.notEqual(socket.id, firstID);
    });
  });
}

describe("with a short heartbeat", () => {
  let quick;
  before(async () => {
    quick = await startServer({ options: ["--ping-interval", "100", "--ping-timeout", "150"] });
  });
  after(() => quick.stop());

  for (const travel of Object.keys(TRAVELS)) {
    test(`twenty heartbeats over ${travel}`, async (t) => {
      const socket = await connect(t, quick, { travel });
      let pings = 0;
      await new Promise((resolve, reject) => {
        socket.io.engine.on("ping", () => ++pings === 20 && resolve());
        socket.on("disconnect", (reason) => reject(new Error(reason)));
      });
      assert.equal(await socket.emitWithAck("echo-ack", "alive"), "alive");
    });
  }
});

test("a server that is told to stop lets its clients go and comes back for them", async (t) => {
  const first = await startServer();
  const port = new URL(first.url).port;
  const socket = await connect(t, first, PATIENT);
  const gone = happens(socket, "disconnect");
  await first.stop();
  await gone;
  const kept = socket.emitWithAck("echo-ack", "kept over the restart");
  const second = await startServer({ port });
  t.after(() => second.stop());
  // "io server disconnect" is final for this client, every other reason brings it back by itself.
  if (!socket.active) socket.connect();
  assert.equal(await kept, "kept over the restart");
});
