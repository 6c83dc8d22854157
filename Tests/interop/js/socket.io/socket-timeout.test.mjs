// The behaviours behind socket.io/test/socket-timeout.ts.
import { test } from "node:test";
import { assert, stage } from "../stage.mjs";

const answering = (socket) => socket.on("echo", (value, answer) => answer(value));

test("should timeout if the client does not acknowledge the event", async (t) => {
  const server = await stage(t);
  const socket = await server.connected();
  await assert.rejects(server.tell({ emit: "unknown", timeout: 50 }, { socket: socket.id }), /timeout/);
});

test("should timeout if the client does not acknowledge the event in time", async (t) => {
  const server = await stage(t);
  const socket = await server.connected();
  let late;
  socket.on("echo", (value, answer) => (late = () => answer(value)));
  await assert.rejects(server.tell({ emit: "echo", args: [42], timeout: 1 }, { socket: socket.id }), /timeout/);
  // The answer that comes after that changes nothing.
  while (!late) await server.tell({ rooms: true }, { socket: socket.id });
  late();
  assert.deepEqual(await server.tell({ rooms: true }, { socket: socket.id }).then(() => server.all("error")), []);
});

test("should not timeout if the client does acknowledge the event", async (t) => {
  const server = await stage(t);
  const socket = answering(await server.connected());
  assert.deepEqual(await server.tell({ emit: "echo", args: [42], timeout: 5_000 }, { socket: socket.id }), [42]);
});

test("should timeout if the client does not acknowledge the event (promise)", async (t) => {
  const server = await stage(t, { namespaces: { "/": { on: { ask: [{ emit: "unknown", timeout: 50 }, { journal: "answered" }] } } } });
  const socket = await server.connected();
  socket.emit("ask");
  const error = await server.seen("error", { socket: socket.id });
  assert.match(error.message, /timeout/);
  assert.deepEqual(await server.all("note"), []);
});

test("should not timeout if the client does acknowledge the event (promise)", async (t) => {
  const server = await stage(t, { namespaces: { "/": { on: { ask: [{ emit: "echo", args: [42], timeout: 5_000 }, { journal: "answered" }] } } } });
  const socket = answering(await server.connected());
  socket.emit("ask");
  await server.seen("note", { word: "answered" });
});
