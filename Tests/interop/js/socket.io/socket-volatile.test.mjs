// The behaviours behind socket.io/test/socket.ts: volatile events.
import { test } from "node:test";
import { asBytes, assert, calls, settled, stage } from "../stage.mjs";

const VOLATILE = { emit: "ev", args: ["volatile"], isVolatile: true };
const REGULAR = { emit: "ev", args: ["data"] };

/** What a client gets when the server takes these steps in one go, while nothing else waits to be written. */
async function gets(t, transport, steps, namespaceWide = false) {
  // A polling client's next poll reaches the server meanwhile.
  const takes = transport === "polling" ? [{ takes: 200 }] : [];
  const go = [...takes, ...(namespaceWide ? steps.map((step) => ({ ...step, over: "namespace" })) : steps)];
  const server = await stage(t, { transports: [transport], namespaces: { "/": { on: { go } } } });
  const socket = await server.connected("/", { transports: [transport] });
  await settled(socket);
  const got = calls(socket, "ev");
  socket.emit("go");
  await settled(socket);
  return got.map(([value]) => (typeof value === "string" ? value : [...new Uint8Array(value)]));
}

for (const [name, transport] of [["polling", "polling"], ["ws", "websocket"]]) {
  test(`should not emit volatile event after regular event (${name})`, async (t) => {
    assert.deepEqual(await gets(t, transport, [REGULAR, VOLATILE]), ["data"]);
  });

  test(`should emit volatile event (${name})`, async (t) => {
    assert.deepEqual(await gets(t, transport, [VOLATILE]), ["volatile"]);
  });

  test(`should emit only one consecutive volatile event (${name})`, async (t) => {
    assert.deepEqual(await gets(t, transport, [VOLATILE, VOLATILE]), ["volatile"]);
  });

  test(`should emit regular events after trying a failed volatile event (${name})`, async (t) => {
    assert.deepEqual(await gets(t, transport, [REGULAR, VOLATILE, REGULAR]), ["data", "data"]);
  });
}

const BINARY = [[1, 2, 3], [4, 5, 6]].map((bytes) => ({ emit: "ev", args: [asBytes(bytes)], isVolatile: true }));

test("should emit only one consecutive volatile event with binary (ws)", async (t) => {
  assert.deepEqual(await gets(t, "websocket", BINARY), [[1, 2, 3]]);
});

test("should broadcast only one consecutive volatile event with binary (ws)", async (t) => {
  assert.deepEqual(await gets(t, "websocket", BINARY, true), [[1, 2, 3]]);
});
