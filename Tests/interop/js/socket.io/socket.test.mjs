// The behaviours behind socket.io/test/socket.ts: events, acknowledgements, what a client may send.
import { describe, test } from "node:test";
import { asBytes, assert, calls, happens, settled, stage, values } from "../stage.mjs";

const root = (plan) => ({ namespaces: { "/": plan } });
const PICTURE = Buffer.from(Array.from({ length: 16_000 }, (_, index) => (index * 7) % 256));
const TEXT = Buffer.from("asdfasdf");
const same = (received, sent) => assert.ok(Buffer.from(received).equals(Buffer.from(sent)), `${received.byteLength} bytes`);

test("should not fire events more than once after manually reconnecting", async (t) => {
  const server = await stage(t);
  const socket = await server.connected();
  const connects = calls(socket, "connect");
  socket.io.engine.close();
  await new Promise((resolve) => process.nextTick(resolve));
  const again = happens(socket, "connect");
  socket.connect();
  await again;
  await settled(socket);
  assert.equal(connects.length, 1);
});

test("should receive events", async (t) => {
  const server = await stage(t);
  const socket = await server.connected();
  socket.emit("random", 1, "2", [3]);
  assert.deepEqual((await server.seen("event", { name: "random" })).args, [1, "2", [3]]);
});

test("should receive message events through `send`", async (t) => {
  const server = await stage(t);
  const socket = await server.connected();
  socket.send(1337);
  assert.deepEqual((await server.seen("event", { name: "message" })).args, [1337]);
});

test("should error with null messages", async (t) => {
  const server = await stage(t);
  const socket = await server.connected();
  socket.send(null);
  assert.deepEqual((await server.seen("event", { name: "message" })).args, [null]);
});

test("should handle transport null messages", async (t) => {
  const server = await stage(t);
  const socket = await server.connected("/", { transports: ["websocket"] });
  const { id } = socket;
  // An engine message without anything in it.
  socket.io.engine.transport.ws.send("4");
  const { reason } = await server.seen("disconnect", { socket: id });
  assert.equal(reason, "forced close");
});

test("should emit events", async (t) => {
  const server = await stage(t, root({ connect: [{ emit: "woot", args: ["tobi"] }] }));
  assert.deepEqual(await happens(server.client(), "woot"), ["tobi"]);
});

test("should emit events with utf8 multibyte character", async (t) => {
  const text = "utf8 — string";
  const server = await stage(t, root({ connect: [1, 2, 3].map(() => ({ emit: "hoot", args: [text] })) }));
  const socket = server.client();
  const got = calls(socket, "hoot");
  await happens(socket, "connect");
  await settled(socket);
  assert.deepEqual(got, [[text], [text], [text]]);
});

test("should emit events with binary data", async (t) => {
  const server = await stage(t, root({ connect: [{ emit: "doge", args: [asBytes(PICTURE)] }] }));
  const [picture] = await happens(server.client(), "doge");
  same(picture, PICTURE);
});

test("should emit events with several types of data (including binary)", async (t) => {
  const [picture, text] = [asBytes(PICTURE), asBytes(TEXT)];
  const server = await stage(
    t,
    root({ connect: [{ emit: "multiple", args: [1, picture, "3", [4], text, [picture, "swag", text]] }] }),
  );
  const [a, b, c, d, e, f] = await happens(server.client(), "multiple");
  assert.deepEqual([a, c, d, f[1]], [1, "3", [4], "swag"]);
  for (const [received, sent] of [[b, PICTURE], [e, TEXT], [f[0], PICTURE], [f[2], TEXT]]) same(received, sent);
});

test("should receive events with binary data", async (t) => {
  const server = await stage(t);
  const socket = await server.connected();
  socket.emit("buff", Buffer.from("abcdefg"));
  const [data] = values((await server.seen("event", { name: "buff" })).args);
  same(data, Buffer.from("abcdefg"));
});

test("should receive events with several types of data (including binary)", async (t) => {
  const server = await stage(t);
  const socket = await server.connected();
  socket.emit("multiple", 1, PICTURE, "3", [4], TEXT, [PICTURE, "swag", TEXT]);
  const [a, b, c, d, e, f] = values((await server.seen("event", { name: "multiple" })).args);
  assert.deepEqual([a, c, d, f[1]], [1, "3", [4], "swag"]);
  for (const [received, sent] of [[b, PICTURE], [e, TEXT], [f[0], PICTURE], [f[2], TEXT]]) same(received, sent);
});

test("should emit message events through `send`", async (t) => {
  const server = await stage(t, root({ connect: [{ emit: "message", args: ["a"] }] }));
  assert.deepEqual(await happens(server.client(), "message"), ["a"]);
});

test("should receive event with callbacks", async (t) => {
  const server = await stage(t, root({ on: { woot: [{ ack: [1, 2] }] } }));
  const socket = await server.connected();
  const answer = await new Promise((resolve) => socket.emit("woot", (...args) => resolve(args)));
  assert.deepEqual(answer, [1, 2]);
});

test("should receive all events emitted from namespaced client immediately and in order", async (t) => {
  const server = await stage(t, { namespaces: { "/chat": {} } });
  const chat = server.client("/chat");
  chat.emit("hi", "a"); // before it is connected
  await server.seen("event", { name: "hi", args: ["a"] });
  chat.emit("hi", "b");
  await server.seen("event", { name: "hi", args: ["b"] });
  assert.equal((await server.all("event", { name: "hi" })).length, 2);
});

test("should emit events with callbacks", async (t) => {
  const server = await stage(t);
  const socket = await server.connected();
  socket.on("hi", (answer) => answer());
  assert.deepEqual(await server.tell({ emit: "hi", timeout: 5_000 }, { socket: socket.id }), []);
});

test("should receive events with args and callback", async (t) => {
  const server = await stage(t, root({ on: { woot: [{ ack: [] }] } }));
  const socket = await server.connected();
  const answer = await new Promise((resolve) => socket.emit("woot", 1, 2, (...args) => resolve(args)));
  assert.deepEqual(answer, []);
  assert.deepEqual((await server.seen("event", { name: "woot" })).args, [1, 2]);
});

test("should emit events with args and callback", async (t) => {
  const server = await stage(t);
  const socket = await server.connected();
  const asked = new Promise((resolve) => socket.on("hi", (a, b, answer) => answer(resolve([a, b]))));
  await server.tell({ emit: "hi", args: [1, 2], timeout: 5_000 }, { socket: socket.id });
  assert.deepEqual(await asked, [1, 2]);
});

test("should receive events with binary args and callbacks", async (t) => {
  const server = await stage(t, root({ on: { woot: [{ ack: [1, 2] }] } }));
  const socket = await server.connected();
  const answer = await new Promise((resolve) => socket.emit("woot", Buffer.alloc(3), (...args) => resolve(args)));
  assert.deepEqual(answer, [1, 2]);
  same(values((await server.seen("event", { name: "woot" })).args)[0], Buffer.alloc(3));
});

test("should emit events with binary args and callback", async (t) => {
  const server = await stage(t);
  const socket = await server.connected();
  const asked = new Promise((resolve) => socket.on("hi", (data, answer) => answer(resolve(data))));
  await server.tell({ emit: "hi", args: [asBytes(Buffer.alloc(4))], timeout: 5_000 }, { socket: socket.id });
  same(await asked, Buffer.alloc(4));
});

test("should emit events and receive binary data in a callback", async (t) => {
  const server = await stage(t);
  const socket = await server.connected();
  socket.on("hi", (answer) => answer(Buffer.alloc(1)));
  const [data] = values(await server.tell({ emit: "hi", timeout: 5_000 }, { socket: socket.id }));
  same(data, Buffer.alloc(1));
});

test("should receive events and pass binary data in a callback", async (t) => {
  const server = await stage(t, root({ on: { woot: [{ ack: [asBytes(Buffer.alloc(2))] }] } }));
  const socket = await server.connected();
  same(await socket.emitWithAck("woot"), Buffer.alloc(2));
});

test("should emit an event and wait for the acknowledgement", async (t) => {
  const server = await stage(t);
  const socket = await server.connected();
  socket.on("hi", (a, b, answer) => answer(a + b));
  assert.deepEqual(await server.tell({ emit: "hi", args: [1, 2], timeout: 5_000 }, { socket: socket.id }), [3]);
});

test("should have access to the request", async (t) => {
  const server = await stage(t);
  const socket = await server.connected();
  const { headers } = await server.seen("connection", { socket: socket.id });
  assert.equal(headers.host, `127.0.0.1:${server.port}`);
});

test("should see query parameters in the request", async (t) => {
  const server = await stage(t);
  const socket = await server.connected("/", { query: { key1: 1, key2: 2 } });
  const { url } = await server.seen("connection", { socket: socket.id });
  const query = new URL(url, server.url).searchParams;
  assert.equal(query.get("key1"), "1");
  assert.equal(query.get("key2"), "2");
});

test("should see query parameters sent from secondary namespace connections in handshake object", async (t) => {
  const server = await stage(t, { namespaces: { "/connection2": {} } });
  await server.connected("/", { forceNew: false });
  const second = await server.connected("/connection2", { forceNew: false, auth: { key1: "aa", key2: "&=bb" } });
  const { url, auth } = await server.seen("connection", { socket: second.id });
  const query = new URL(url, server.url).searchParams;
  assert.equal(query.get("key1"), null);
  assert.equal(query.get("EIO"), "4");
  assert.deepEqual(auth, { key1: "aa", key2: "&=bb" });
});

/** Three times from the server to the client, and back in between. */
async function bounces(t, value, check) {
  const server = await stage(t, root({ on: { big: [{ emit: "big", args: ["$0"] }] } }));
  const socket = await server.connected();
  socket.emit("big", value);
  for (let round = 0; round < 3; round += 1) {
    const [received] = await happens(socket, "big");
    check(received);
    if (round < 2) socket.emit("big", received);
  }
}

test("should handle very large json", async (t) => {
  const json = { hello: "friend", json: Array.from({ length: 4_000 }, (_, index) => ({ index, text: "größer ".repeat(20) })) };
  await bounces(t, json, (received) => assert.deepEqual(received, json));
});

test("should handle very large binary data", async (t) => {
  const image = Buffer.alloc(700_000, "picture");
  await bounces(t, { hello: "friend", image }, (received) => same(received.image, image));
});

test("should be able to emit after server close and restart", async (t) => {
  const first = await stage(t);
  const socket = first.client("/", { reconnection: true, reconnectionAttempts: 100, reconnectionDelay: 20, reconnectionDelayMax: 50 });
  await happens(socket, "connect");
  await first.end();
  const reconnected = happens(socket.io, "reconnect");
  const second = await stage(t, {}, { port: first.port });
  await reconnected;
  socket.emit("ev", "payload");
  assert.deepEqual((await second.seen("event", { name: "ev" })).args, ["payload"]);
});

/** A client on a WebSocket writes one engine packet that no client writes. */
async function writes(t, packet) {
  const server = await stage(t);
  const socket = await server.connected("/", { transports: ["websocket"] });
  const { id } = socket;
  socket.io.engine.write(packet);
  const { reason } = await server.seen("disconnect", { socket: id });
  // Others are served as before.
  await settled(await server.connected());
  return reason;
}

test("should not crash when receiving an error packet without handler", async (t) => {
  assert.match(await writes(t, '4["handle me please"]'), /^forced/);
});

test("should not crash with raw binary", async (t) => {
  assert.equal(await writes(t, "5woooot"), "forced close");
});

test("should handle empty binary packet", async (t) => {
  assert.equal(await writes(t, "5"), "forced close");
});

test("should ignore a packet received after disconnection", async (t) => {
  const server = await stage(t);
  const socket = await server.connected();
  const { id } = socket;
  socket.emit("test", Buffer.alloc(10));
  socket.disconnect();
  await server.seen("disconnect", { socket: id });
  // A packet that was sent before the goodbye may arrive; after it, none.
  const kinds = server.lines.map((line) => line.kind);
  assert.ok(kinds.indexOf("event") < kinds.indexOf("disconnect"), kinds.join());
});

test("should leave all rooms joined after a middleware failure", async (t) => {
  const server = await stage(t, root({ middlewares: [[{ join: ["room1"] }, { refuse: { message: "nope" } }]] }));
  await happens(server.client(), "connect_error");
  assert.deepEqual(await server.tell({ sockets: true }), []);
  assert.deepEqual(await server.tell({ sockets: true, to: ["room1"] }), []);
});

test("should not join rooms after disconnection", async (t) => {
  const server = await stage(t, root({ connect: [{ disconnect: false }, { join: ["room1"] }] }));
  const socket = server.client();
  await happens(socket, "disconnect");
  await server.seen("disconnect");
  assert.deepEqual(await server.tell({ sockets: true, to: ["room1"] }), []);
});

describe("onAny", () => {
  test("should call listener", async (t) => {
    const server = await stage(t);
    const socket = server.client();
    socket.emit("my-event", "123");
    assert.deepEqual((await server.seen("event", { name: "my-event" })).args, ["123"]);
  });
});

describe("onAnyOutgoing", () => {
  test("should disconnect all namespaces when calling disconnect(true)", async (t) => {
    const server = await stage(t, { namespaces: { "/foo": {}, "/bar": { connect: [{ disconnect: true }] } } });
    const sockets = ["/", "/foo"].map((namespace) => server.client(namespace, { forceNew: false }));
    await Promise.all(sockets.map((socket) => happens(socket, "connect")));
    const bar = server.client("/bar", { forceNew: false });
    await Promise.all([...sockets, bar].map((socket) => happens(socket, "disconnect")));
  });
});
