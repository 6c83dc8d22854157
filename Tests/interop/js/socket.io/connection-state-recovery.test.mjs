// The behaviours behind socket.io/test/connection-state-recovery.ts.
import { test } from "node:test";
import { assert, Polling, stage } from "../stage.mjs";

const recovering = (plan = {}, recovery = {}) => ({ recovery, namespaces: { "/": plan } });

/** Joins, hears of one event, and goes: the ids and the event's offset. */
async function init(server) {
  const session = await new Polling(server).open();
  await session.push("40");
  const answer = (await session.poll()).text;
  assert.match(answer, /^40\{/);
  const { sid, pid } = JSON.parse(answer.slice(2));
  assert.equal(typeof pid, "string", "a private session id");
  await server.seen("connection", { socket: sid });
  await server.tell({ emit: "hello" });
  const [, offset] = JSON.parse((await session.poll()).text.slice(2));
  assert.equal(typeof offset, "string", "an offset in every packet");
  await session.push("1");
  await server.seen("disconnect", { socket: sid });
  return { sid, pid, offset };
}

/** Comes back; the packets of the first answer that has the CONNECT among them. */
async function comesBack(server, { pid, offset }) {
  const session = await new Polling(server).open();
  await session.push(`40${JSON.stringify({ pid, offset })}`);
  const packets = [];
  while (!packets.some((packet) => packet.startsWith("40"))) packets.push(...(await session.poll()).text.split("\x1e"));
  return packets;
}

test("should restore session and missed packets", async (t) => {
  const server = await stage(t, recovering({ connect: [{ join: ["room1"] }] }));
  const { sid, pid, offset } = await init(server);
  await server.tell({ emit: "hello1" });
  await server.tell({ emit: "hello2", to: ["room1"] });
  await server.tell({ emit: "hello3", to: [sid] });
  const packets = await comesBack(server, { pid, offset });
  assert.deepEqual(JSON.parse(packets.find((packet) => packet.startsWith("40")).slice(2)), { sid, pid });
  const missed = packets.filter((packet) => packet.startsWith("42")).map((packet) => JSON.parse(packet.slice(2))[0]);
  assert.deepEqual(missed, ["hello1", "hello2", "hello3"]);
});

test("should restore rooms and data attributes", async (t) => {
  const server = await stage(t, recovering({ connect: [{ join: ["room1", "room2"] }] }));
  const session = await init(server);
  assert.ok(!(await server.all("connection"))[0].recovered);
  await comesBack(server, session);
  const connection = await server.seen("connection", { socket: session.sid });
  assert.equal(connection.recovered, true);
  const rooms = await server.tell({ rooms: true }, { socket: session.sid });
  assert.deepEqual(rooms.filter((room) => room !== session.sid).sort(), ["room1", "room2"]);
});

for (const [title, recovery, runs] of [
  ["should not run middlewares upon recovery by default", {}, 1],
  ["should run middlewares even upon recovery", { skipMiddlewares: false }, 2],
]) {
  test(title, async (t) => {
    const server = await stage(t, recovering({ middlewares: [[{ journal: "middleware" }]] }, recovery));
    const session = await init(server);
    await comesBack(server, session);
    assert.equal((await server.seen("connection", { socket: session.sid })).recovered, true);
    assert.equal((await server.all("note", { word: "middleware" })).length, runs);
  });
}

test("should fail to restore an unknown session", async (t) => {
  const server = await stage(t, recovering());
  const [answer] = await comesBack(server, { pid: "foo", offset: "bar" });
  const { sid, pid } = JSON.parse(answer.slice(2));
  assert.notEqual(sid, "foo");
  assert.notEqual(pid, "foo");
  assert.equal((await server.all("connection"))[0].recovered, false);
});

test("should be disabled by default", async (t) => {
  const session = await new Polling(await stage(t)).open();
  await session.push("40");
  const handshake = JSON.parse((await session.poll()).text.slice(2));
  assert.match(handshake.sid, /^[\w-]{20}$/);
  assert.deepEqual(Object.keys(handshake), ["sid"]);
});
