// The behaviours behind socket.io/test/utility-methods.ts.
import { describe, test } from "node:test";
import { assert, calls, happens, settled, stage } from "../stage.mjs";

/** A server with three clients; `inRooms` puts them into room1 and room2, into room1, into room2. */
async function three(t, inRooms = true) {
  const server = await stage(t);
  const sockets = [];
  for (const rooms of [["room1", "room2"], ["room1"], ["room2"]]) {
    const socket = await server.connected("/", { transports: ["websocket"] });
    if (inRooms) await server.tell([{ join: rooms }, { rooms: true }], { socket: socket.id });
    sockets.push(socket);
  }
  const rooms = async (index) => {
    const { id } = sockets[index];
    return (await server.tell({ rooms: true }, { socket: id })).filter((name) => name !== id).sort();
  };
  return { server, sockets, ids: sockets.map((socket) => socket.id), rooms };
}

describe("fetchSockets", () => {
  test("returns all socket instances", async (t) => {
    const { server, ids } = await three(t, false);
    assert.deepEqual((await server.tell({ sockets: true })).sort(), [...ids].sort());
  });

  test("returns all socket instances in the given room", async (t) => {
    const { server, ids } = await three(t);
    assert.deepEqual((await server.tell({ sockets: true, to: ["room1"] })).sort(), [ids[0], ids[1]].sort());
  });
});

describe("socketsJoin", () => {
  test("makes all socket instances join the given room", async (t) => {
    const { server, rooms } = await three(t, false);
    await server.tell({ join: ["room1"] });
    for (const index of [0, 1, 2]) assert.deepEqual(await rooms(index), ["room1"]);
  });

  test("makes all socket instances in a room join the given room", async (t) => {
    const { server, rooms } = await three(t);
    await server.tell({ join: ["room3"], to: ["room1"] });
    assert.deepEqual(await rooms(0), ["room1", "room2", "room3"]);
    assert.deepEqual(await rooms(1), ["room1", "room3"]);
    assert.deepEqual(await rooms(2), ["room2"]);
  });
});

describe("socketsLeave", () => {
  test("makes all socket instances leave the given room", async (t) => {
    const { server, rooms } = await three(t);
    await server.tell({ leave: ["room1"] });
    assert.deepEqual(await rooms(0), ["room2"]);
    assert.deepEqual(await rooms(1), []);
    assert.deepEqual(await rooms(2), ["room2"]);
  });

  test("makes all socket instances in a room leave the given room", async (t) => {
    const { server, rooms } = await three(t);
    await server.tell({ leave: ["room1"], to: ["room2"] });
    assert.deepEqual(await rooms(0), ["room2"]);
    assert.deepEqual(await rooms(1), ["room1"]);
    assert.deepEqual(await rooms(2), ["room2"]);
  });
});

describe("disconnectSockets", () => {
  test("makes all socket instances disconnect", async (t) => {
    const { server, sockets } = await three(t, false);
    const gone = sockets.map((socket) => happens(socket, "disconnect"));
    await server.tell({ disconnect: true });
    await Promise.all(gone);
  });

  test("makes all socket instances in a room disconnect", async (t) => {
    const { server, sockets } = await three(t);
    const gone = [0, 2].map((index) => happens(sockets[index], "disconnect"));
    const stays = calls(sockets[1], "disconnect");
    await server.tell({ disconnect: true, to: ["room2"] });
    await Promise.all(gone);
    await settled(sockets[1]);
    assert.equal(stays.length, 0);
  });
});
