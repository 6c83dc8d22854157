// The behaviours behind socket.io/test/messaging-many.ts.
import { test } from "node:test";
import { asBytes, assert, calls, happens, settled, stage } from "../stage.mjs";

const ROOMS = {
  join: [{ join: ["$0"] }, { ack: [] }],
  broadcast: [
    { emit: "a", over: "others", to: ["test"] },
    { emit: "b" },
  ],
};

/** Three clients; each of the server's namespaces has the same plan. */
async function three(t, plan = {}, namespaces = ["/", "/", "/"]) {
  const server = await stage(t, { namespaces: { "/": plan, "/test": plan } });
  const sockets = await Promise.all(namespaces.map((namespace) => server.connected(namespace)));
  return { server, sockets };
}

test("emits to a namespace", async (t) => {
  const { server, sockets } = await three(t, {}, ["/", "/", "/test"]);
  const got = sockets.map((socket) => calls(socket, "a"));
  await server.tell({ emit: "a", args: ["b"] });
  await settled(...sockets);
  assert.deepEqual(got, [[["b"]], [["b"]], []]);
});

test("emits binary data to a namespace", async (t) => {
  const { server, sockets } = await three(t, {}, ["/", "/", "/test"]);
  const got = sockets.map((socket) => calls(socket, "bin"));
  await server.tell({ emit: "bin", args: [asBytes(Buffer.alloc(10))] });
  await settled(...sockets);
  assert.deepEqual(got.map((all) => all.length), [1, 1, 0]);
  assert.deepEqual([...new Uint8Array(got[0][0][0])], Array(10).fill(0));
});

test("emits to the rest", async (t) => {
  const { sockets } = await three(t, { on: { broadcast: [{ emit: "a", args: ["b"], over: "others" }] } }, ["/", "/", "/test"]);
  const got = sockets.map((socket) => calls(socket, "a"));
  sockets[1].emit("broadcast");
  await settled(sockets[1]);
  await settled(...sockets);
  assert.deepEqual(got, [[["b"]], [], []]);
});

test("emits to rooms", async (t) => {
  const { sockets } = await three(t, { on: { join: [{ join: ["$0"] }], emit: [{ emit: "a", to: ["$0"] }] } });
  const got = sockets.map((socket) => calls(socket, "a"));
  sockets[0].emit("join", "woot");
  sockets[0].emit("emit", "woot");
  await settled(sockets[0]);
  await settled(...sockets);
  assert.deepEqual(got, [[[]], [], []]);
});

test("emits to rooms avoiding dupes", async (t) => {
  const { sockets } = await three(t, {
    on: { join: ROOMS.join, emit: [{ emit: "a", to: ["woot", "test"] }, { emit: "b", to: ["third"] }] },
  });
  const [a, b] = ["a", "b"].map((event) => sockets.map((socket) => calls(socket, event)));
  await sockets[0].emitWithAck("join", "woot");
  await sockets[0].emitWithAck("join", "test");
  await sockets[1].emitWithAck("join", "third");
  sockets[1].emit("emit");
  await settled(sockets[1]);
  await settled(...sockets);
  assert.deepEqual(a, [[[]], [], []]);
  assert.deepEqual(b, [[], [[]], []]);
});

test("broadcasts to rooms", async (t) => {
  const { sockets } = await three(t, { on: ROOMS });
  const [a, b] = ["a", "b"].map((event) => sockets.map((socket) => calls(socket, event)));
  await sockets[0].emitWithAck("join", "woot");
  await sockets[1].emitWithAck("join", "test");
  await sockets[2].emitWithAck("join", "test");
  sockets[2].emit("broadcast");
  await settled(sockets[2]);
  await settled(...sockets);
  assert.deepEqual(a, [[], [[]], []]);
  assert.deepEqual(b, [[], [], [[]]]);
});

test("broadcasts binary data to rooms", async (t) => {
  const bytes = asBytes([1, 2, 3, 4, 5]);
  const { sockets } = await three(t, {
    on: {
      join: ROOMS.join,
      broadcast: [{ emit: "bin", args: [bytes], over: "others", to: ["test"] }, { emit: "bin2", args: [bytes] }],
    },
  });
  const [one, two] = ["bin", "bin2"].map((event) => sockets.map((socket) => calls(socket, event)));
  await sockets[0].emitWithAck("join", "woot");
  await sockets[1].emitWithAck("join", "test");
  await sockets[2].emitWithAck("join", "test");
  sockets[2].emit("broadcast");
  await settled(sockets[2]);
  await settled(...sockets);
  assert.deepEqual(one.map((all) => all.length), [0, 1, 0]);
  assert.deepEqual(two.map((all) => all.length), [0, 0, 1]);
  assert.deepEqual([...new Uint8Array(one[1][0][0])], [1, 2, 3, 4, 5]);
  assert.deepEqual([...new Uint8Array(two[2][0][0])], [1, 2, 3, 4, 5]);
});

test("keeps track of rooms", async (t) => {
  const server = await stage(t);
  const { id } = await server.connected();
  const rooms = async (...steps) => (await server.tell([...steps, { rooms: true }], { socket: id })).filter((name) => name !== id).sort();
  assert.deepEqual(await rooms({ join: ["a"] }), ["a"]);
  assert.deepEqual(await rooms({ join: ["b"] }), ["a", "b"]);
  assert.deepEqual(await rooms({ join: ["c"] }), ["a", "b", "c"]);
  assert.deepEqual(await rooms({ leave: ["b"] }), ["a", "c"]);
});

test("should properly cleanup left rooms", async (t) => {
  const server = await stage(t);
  const { id } = await server.connected();
  const rooms = async (...steps) => (await server.tell([...steps, { rooms: true }], { socket: id })).filter((name) => name !== id).sort();
  assert.deepEqual(await rooms({ join: ["a", "b"] }, { leave: ["unknown"] }), ["a", "b"]);
  assert.deepEqual(await rooms({ leave: ["a", "b"] }), []);
});

test("allows to join several rooms at once", async (t) => {
  const server = await stage(t, { namespaces: { "/": { connect: [{ join: ["a", "b", "c"] }] } } });
  const { id } = await server.connected();
  const rooms = await server.tell([{ rooms: true }], { socket: id });
  assert.deepEqual(rooms.filter((name) => name !== id).sort(), ["a", "b", "c"]);
  for (const room of ["a", "b", "c"]) assert.deepEqual(await server.tell({ sockets: true, to: [room] }), [id]);
});

test("should exclude specific sockets when broadcasting", async (t) => {
  const { sockets } = await three(t, { on: { exclude: [{ emit: "a", over: "others", except: ["$0"] }] } });
  const got = sockets.map((socket) => calls(socket, "a"));
  sockets[2].emit("exclude", sockets[1].id);
  await settled(sockets[2]);
  await settled(...sockets);
  assert.deepEqual(got, [[[]], [], []]);
});

test("should exclude a specific room when broadcasting", async (t) => {
  const { sockets } = await three(t, {
    on: { join: ROOMS.join, broadcast: [{ emit: "a", over: "others", except: ["room1"] }] },
  });
  const got = sockets.map((socket) => calls(socket, "a"));
  await sockets[1].emitWithAck("join", "room1");
  sockets[2].emit("broadcast");
  await settled(sockets[2]);
  await settled(...sockets);
  assert.deepEqual(got, [[[]], [], []]);
});
