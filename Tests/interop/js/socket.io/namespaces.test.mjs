// The behaviours behind socket.io/test/namespaces.ts: namespaces that are declared.
import { test } from "node:test";
import { assert, calls, happens, settled, stage } from "../stage.mjs";

const CHAT_AND_NEWS = { namespaces: { "/chat": {}, "/news": {} } };

test("should automatically connect", async (t) => {
  const server = await stage(t);
  const socket = server.client();
  await happens(socket, "connect");
  assert.match(socket.id, /^[\w-]{20}$/);
});

test("should fire a `connection` event", async (t) => {
  const server = await stage(t);
  const socket = await server.connected();
  assert.equal((await server.seen("connection")).socket, socket.id);
});

test("should fire a `connect` event", async (t) => {
  const server = await stage(t, { namespaces: { "/": { connect: [{ journal: "connect" }] } } });
  const socket = await server.connected();
  assert.equal((await server.seen("note", { word: "connect" })).socket, socket.id);
});

test("should work with many sockets", async (t) => {
  const server = await stage(t, CHAT_AND_NEWS);
  const [chat, news] = ["/chat", "/news"].map((namespace) => server.client(namespace, { forceNew: false }));
  await Promise.all([happens(chat, "connect"), happens(news, "connect")]);
  assert.equal(chat.io, news.io, "one connection for both");
});

test('should be able to equivalently start with "" or "/" on server', async (t) => {
  const server = await stage(t, { namespaces: { "": { connect: [{ journal: "root" }] }, abc: { connect: [{ journal: "abc" }] } } });
  await Promise.all([server.connected("/"), server.connected("/abc")]);
  await server.seen("note", { word: "root" });
  await server.seen("note", { word: "abc" });
});

test('should be equivalent for "" and "/" on client', async (t) => {
  const server = await stage(t);
  const socket = await server.connected("");
  assert.equal((await server.seen("connection", { namespace: "/" })).socket, socket.id);
});

test("should work with `of` and many sockets", async (t) => {
  const server = await stage(t, CHAT_AND_NEWS);
  const [chat, news] = await Promise.all(
    ["/chat", "/news"].map((namespace) => server.connected(namespace, { forceNew: false })),
  );
  assert.equal((await server.seen("connection", { namespace: "/chat" })).socket, chat.id);
  assert.equal((await server.seen("connection", { namespace: "/news" })).socket, news.id);
  assert.notEqual(chat.id, news.id);
});

test("should disconnect upon transport disconnection", async (t) => {
  const server = await stage(t, CHAT_AND_NEWS);
  const [chat, news] = await Promise.all(
    ["/chat", "/news"].map((namespace) => server.connected(namespace, { forceNew: false })),
  );
  const ids = [chat.id, news.id];
  await server.tell({ disconnect: true }, { socket: ids[0] });
  for (const id of ids) await server.seen("disconnect", { socket: id });
});

test("should fire a `disconnecting` event just before leaving all rooms", async (t) => {
  // Ours is one event: its handler still sees the rooms.
  const server = await stage(t, { namespaces: { "/": { connect: [{ join: ["a"] }] } } });
  const socket = await server.connected();
  const { id } = socket;
  await server.tell({ disconnect: false }, { socket: id });
  const { rooms } = await server.seen("disconnect", { socket: id });
  assert.ok(rooms.includes("a"), `rooms ${rooms}`);
  assert.deepEqual(await server.tell({ sockets: true, to: ["a"] }), []);
});

test("should return error connecting to non-existent namespace", async (t) => {
  const server = await stage(t);
  const socket = server.client("/doesnotexist");
  const [error] = await happens(socket, "connect_error");
  assert.equal(error.message, "Invalid namespace");
});

test("should not reuse same-namespace connections", async (t) => {
  const server = await stage(t);
  const sockets = await Promise.all([1, 2].map(() => server.connected("/", { forceNew: false })));
  assert.notEqual(sockets[0].id, sockets[1].id);
  for (const { id } of sockets) await server.seen("connection", { socket: id });
});

test("should find all clients in a namespace", async (t) => {
  const server = await stage(t, { namespaces: { "/chat": {}, "/other": {} } });
  const sockets = await Promise.all(["/chat", "/chat", "/other"].map((namespace) => server.connected(namespace)));
  const ids = await server.tell({ sockets: true }, { namespace: "/chat" });
  assert.deepEqual(ids.sort(), [sockets[0].id, sockets[1].id].sort());
});

test("should find all clients in a namespace room", async (t) => {
  const server = await stage(t, { namespaces: { "/chat": {}, "/other": {} } });
  const sockets = await Promise.all(["/chat", "/chat", "/other"].map((namespace) => server.connected(namespace)));
  for (const [index, room] of ["foo", "bar", "foo"].entries()) await server.tell({ join: [room] }, { socket: sockets[index].id });
  assert.deepEqual(await server.tell({ sockets: true, to: ["foo"] }, { namespace: "/chat" }), [sockets[0].id]);
});

test("should find all clients across namespace rooms", async (t) => {
  const server = await stage(t, { namespaces: { "/chat": {}, "/other": {} } });
  const sockets = await Promise.all(["/chat", "/chat", "/other"].map((namespace) => server.connected(namespace)));
  for (const [index, room] of ["foo", "bar", "foo"].entries()) await server.tell({ join: [room] }, { socket: sockets[index].id });
  const ids = await server.tell({ sockets: true }, { namespace: "/chat" });
  assert.deepEqual(ids.sort(), [sockets[0].id, sockets[1].id].sort());
});

test("should not emit volatile event after regular event", async (t) => {
  const server = await stage(t, {
    namespaces: {
      "/chat": {
        on: {
          go: [
            { emit: "ev", args: ["data"], over: "namespace" },
            { emit: "ev", args: ["volatile"], over: "namespace", isVolatile: true },
          ],
        },
      },
    },
  });
  const socket = await server.connected("/chat", { transports: ["websocket"] });
  const got = calls(socket, "ev");
  socket.emit("go");
  await settled(socket);
  assert.deepEqual(got, [["data"]]);
});

test("should emit volatile event", async (t) => {
  const server = await stage(t, { namespaces: { "/chat": {} } });
  const socket = await server.connected("/chat", { transports: ["websocket"] });
  await settled(socket);
  const got = happens(socket, "ev");
  await server.tell({ emit: "ev", args: ["data"], isVolatile: true }, { namespace: "/chat" });
  assert.deepEqual(await got, ["data"]);
});

test("should close a client without namespace", async (t) => {
  const server = await stage(t, { connectTimeout: 10 });
  const socket = server.client();
  // The client never says CONNECT.
  socket.io.engine.write = () => {};
  await happens(socket.io, "close");
  assert.deepEqual(await server.all("connection"), []);
});

test("should exclude a specific socket when emitting", async (t) => {
  const server = await stage(t);
  const sockets = await Promise.all([1, 2].map(() => server.connected()));
  const got = sockets.map((socket) => calls(socket, "a"));
  await server.tell({ emit: "a", except: [sockets[1].id] });
  await settled(...sockets);
  assert.deepEqual(got, [[[]], []]);
});

test("should exclude a specific socket when emitting (in a namespace)", async (t) => {
  const server = await stage(t, { namespaces: { "/nsp": {} } });
  const sockets = await Promise.all([1, 2].map(() => server.connected("/nsp")));
  const got = sockets.map((socket) => calls(socket, "a"));
  await server.tell({ emit: "a", except: [sockets[1].id] }, { namespace: "/nsp" });
  await settled(...sockets);
  assert.deepEqual(got, [[[]], []]);
});

test("should exclude a specific room when emitting", async (t) => {
  const server = await stage(t, {
    namespaces: { "/nsp": { on: { broadcast: [{ join: ["room1"] }, { emit: "a", over: "namespace", except: ["room1"] }] } } },
  });
  const sockets = await Promise.all([1, 2].map(() => server.connected("/nsp")));
  const got = sockets.map((socket) => calls(socket, "a"));
  sockets[1].emit("broadcast");
  await settled(sockets[1]);
  await settled(...sockets);
  assert.deepEqual(got, [[[]], []]);
});
