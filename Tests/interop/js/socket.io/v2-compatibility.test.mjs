// The behaviours behind socket.io/test/v2-compatibility.ts. What a Socket.IO v2 client says, it says here by hand: its own
// library is out of support, and its packets are few.
import { EventEmitter } from "node:events";
import { test } from "node:test";
import { assert, happens, stage, WebSocket } from "../stage.mjs";

/** A v2 client's WebSocket, and its packets one after the other. */
function v2(t, server) {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/socket.io/?EIO=3&transport=websocket`);
  socket.on("error", () => {});
  t.after(() => socket.terminate());
  const packets = [];
  const arrivals = new EventEmitter();
  socket.on("message", (data) => {
    if (!arrivals.emit("packet", String(data))) packets.push(String(data));
  });
  socket.packet = async () => {
    if (packets.length) return packets.shift();
    return (await happens(arrivals, "packet", 5_000))[0];
  };
  return socket;
}

test("should connect if `allowEIO3` is true", async (t) => {
  const server = await stage(t, { allowEIO3: true });
  const socket = v2(t, server);
  const handshake = JSON.parse((await socket.packet()).slice(1));
  // The main namespace is joined without being asked for.
  assert.equal(await socket.packet(), "40");
  const { socket: id } = await server.seen("connection", { namespace: "/" });
  // A v2 client takes the engine's id for its own.
  assert.equal(id, handshake.sid);
});

test("should be able to connect to a namespace with a query", async (t) => {
  const server = await stage(t, { allowEIO3: true, namespaces: { "/the-namespace": {} } });
  const socket = v2(t, server);
  assert.match(await socket.packet(), /^0\{/);
  assert.equal(await socket.packet(), "40");
  socket.send("40/the-namespace?test=123,");
  assert.match(await socket.packet(), /^40\/the-namespace/);
  const { auth } = await server.seen("connection", { namespace: "/the-namespace" });
  assert.deepEqual(auth, { test: "123" });
});

test("should not connect if `allowEIO3` is false (default)", async (t) => {
  const server = await stage(t);
  const [error] = await happens(v2(t, server), "error");
  assert.match(error.message, /400/);
  assert.deepEqual(await server.all("connection"), []);
});
