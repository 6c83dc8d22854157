// The behaviours behind socket.io/test/middleware.ts.
import { test } from "node:test";
import { assert, calls, happens, settled, stage } from "../stage.mjs";

const middlewares = (...all) => ({ namespaces: { "/": { middlewares: all } } });

const kinds = async (server) => (await server.journal()).map((line) => line.kind).filter((kind) => kind !== "new_namespace");

test("should call functions", async (t) => {
  const server = await stage(t, middlewares([{ journal: "first" }], [{ journal: "second" }]));
  await server.connected();
  assert.deepEqual((await server.all("note")).map((note) => note.word), ["first", "second"]);
});

test("should pass errors", async (t) => {
  const server = await stage(t, middlewares([{ refuse: { message: "Authentication error" } }], [{ journal: "second" }]));
  const socket = server.client();
  const joined = calls(socket, "connect");
  const [error] = await happens(socket, "connect_error");
  assert.ok(error instanceof Error);
  assert.equal(error.message, "Authentication error");
  assert.equal(joined.length, 0);
  assert.deepEqual(await server.all("note"), []);
});

test("should pass an object", async (t) => {
  const server = await stage(t, middlewares([{ refuse: { message: "Authentication error", data: { a: "b", c: 3 } } }]));
  const socket = server.client();
  const [error] = await happens(socket, "connect_error");
  assert.equal(error.message, "Authentication error");
  assert.deepEqual(error.data, { a: "b", c: 3 });
  assert.ok(!socket.connected);
});

test("should only call connection after fns", async (t) => {
  const server = await stage(t, middlewares([{ journal: "middleware" }]));
  await server.connected();
  assert.deepEqual(await kinds(server), ["note", "connection"]);
});

test("should only call connection after (lengthy) fns", async (t) => {
  const server = await stage(t, middlewares([{ takes: 300 }, { journal: "authenticated" }]));
  await server.connected();
  assert.deepEqual(await kinds(server), ["note", "connection"]);
});

test("should be ignored if socket gets closed", async (t) => {
  const server = await stage(t, middlewares([{ journal: "begins" }, { takes: 200 }, { journal: "ends" }]));
  const socket = server.client();
  await server.seen("note", { word: "begins" });
  socket.io.engine.close();
  await server.seen("note", { word: "ends" });
  // Another client's whole life after that: what the first could have caused has happened.
  const other = await server.connected();
  await settled(other);
  assert.deepEqual((await server.all("connection")).map((line) => line.socket), [other.id]);
});

test("should call functions in expected order", async (t) => {
  const server = await stage(t, {
    namespaces: {
      "/": { middlewares: [[{ journal: "of the root" }]] },
      "/chat": { middlewares: ["1", "2", "3"].map((word) => [{ takes: 20 }, { journal: word }]) },
    },
  });
  await server.connected("/chat");
  assert.deepEqual((await server.all("note")).map((note) => note.word), ["1", "2", "3"]);
});

test("should disable the merge of handshake packets", async (t) => {
  // With a middleware or without: the client's CONNECT is answered once.
  const server = await stage(t, middlewares([{ journal: "called" }]));
  const socket = await server.connected();
  await settled(socket);
  assert.equal((await server.all("note")).length, 1);
  assert.equal((await server.all("connection")).length, 1);
});

test("should work with a custom namespace", async (t) => {
  const server = await stage(t, { namespaces: { "/chat": { middlewares: [[{ journal: "chat" }]] } } });
  await Promise.all([server.connected("/", { forceNew: false }), server.connected("/chat", { forceNew: false })]);
  assert.equal((await server.all("note")).length, 1);
});
