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

test("should not connect if `allowEIO3` is false (default)", async (t) => {
  const server = await stage(t);
  const [error] = await happens(v2(t, server), "error");
  assert.match(error.message, /400/);
  assert.deepEqual(await server.all("connection"), []);
});
