// The official client of Socket.IO 2.0.3, the line that speaks Engine.IO v3, against a server that allows it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { bytes, connect as connectNew, happens, startServer, TRAVELS } from "./harness.mjs";
import { contentTypes, io } from "./browser-v2.mjs";

let server;
before(async () => {
  server = await startServer({ options: ["--allow-eio3"] });
});
after(() => server.stop());

const buffer = (...values) => new Uint8Array(values).buffer;

function open(t, { url = server.url, travel = "websocket", namespace = "/", ...options } = {}) {
  const socket = io(url + namespace, { transports: TRAVELS[travel], forceNew: true, reconnection: false, ...options });
  t.after(() => socket.io.engine?.close());
  t.after(() => socket.disconnect());
  return socket;
}

async function connect(t, options = {}) {
  const socket = open(t, options);
  await happens(socket, "connect");
  const { engine } = socket.io;
  if (options.travel === "upgrade" && engine.transport.name !== "websocket") await happens(engine, "upgrade");
  return socket;
}

const ask = (socket, ...values) => new Promise((resolve) => socket.emit(...values, (...answer) => resolve(answer)));

for (const travel of Object.keys(TRAVELS)) {
  for (const forceBase64 of [false, true]) {
    describe(`v2 over ${travel}${forceBase64 ? " in base64" : ""}`, () => {
      test("travels as it was told", async (t) => {
        const socket = await connect(t, { travel, forceBase64 });
        assert.equal(socket.io.engine.transport.name, travel === "polling" ? "polling" : "websocket");
        assert.match(socket.id, /^[\w-]{20}$/);
      });

      test("text with all of Unicode comes back", async (t) => {
        const socket = await connect(t, { travel, forceBase64 });
        const values = ["grüße 😀 \u0000 \u2028 \u001e : 2:4", { "ключ": ["值", null, true, 1.5] }, [], {}, "", 0];
        const echoed = happens(socket, "echo");
        socket.emit("echo", ...values);
        assert.deepEqual(await echoed, values);
      });

      test("binary goes both ways, nested and empty, in one payload with text", async (t) => {
        const socket = await connect(t, { travel, forceBase64 });
        const echoed = happens(socket, "echo");
        socket.emit("echo", buffer(1, 2, 255), { deep: [{ data: buffer(0) }] }, buffer(), "ü😀");
        const [first, second, third, fourth] = await echoed;
        assert.deepEqual(bytes(first), [1, 2, 255]);
        assert.deepEqual(bytes(second.deep[0].data), [0]);
        assert.deepEqual(bytes(third), []);
        assert.equal(fourth, "ü😀");
      });

      test("both sides acknowledge", async (t) => {
        const socket = await connect(t, { travel, forceBase64 });
        assert.deepEqual(await ask(socket, "echo-ack", { a: ["ü"] }), [{ a: ["ü"] }]);
        assert.deepEqual(bytes((await ask(socket, "echo-ack", buffer(7, 8)))[0]), [7, 8]);
        socket.on("question", (what, answer) => answer("answer", what, buffer(9)));
        const answer = await ask(socket, "ask", "why ü?");
        assert.deepEqual(answer.slice(0, 2), ["answer", "why ü?"]);
        assert.deepEqual(bytes(answer[2]), [9]);
      });

      test("300 kB of text and of binary", async (t) => {
        const socket = await connect(t, { travel, forceBase64 });
        const text = "xü😀".repeat(50_000);
        assert.equal((await ask(socket, "echo-ack", text))[0], text);
        // This client spreads its bytes over one call when it writes base64: more of them do not fit on its stack.
        const data = new Uint8Array(forceBase64 ? 50_000 : 300_000).map((_, index) => index % 251);
        const [back] = await ask(socket, "echo-ack", data.buffer);
        assert.ok(Buffer.from(back).equals(Buffer.from(data)));
      });

      test("events sent at once keep their order across the way", async (t) => {
        const socket = open(t, { travel, forceBase64 });
        const numbers = [];
        socket.on("n", (number) => numbers.push(number));
        await happens(socket, "connect");
        assert.deepEqual(await ask(socket, "burst", 500), [500]);
        assert.deepEqual(numbers, [...Array(500).keys()]);
      });

      test("rooms reach old and new clients", async (t) => {
        const room = `${travel} ${forceBase64}`;
        const old = await connect(t, { travel, forceBase64 });
        const young = await connectNew(t, server, { travel });
        await ask(old, "join", room);
        await young.emitWithAck("join", room);
        const seen = [happens(old, "msg"), happens(young, "msg")];
        old.emit("broadcast", room, { data: buffer(5, 6), text: "é" });
        for (const [value] of await Promise.all(seen)) {
          assert.deepEqual(bytes(value.data), [5, 6]);
          assert.equal(value.text, "é");
        }
      });

      test("a namespace takes its query as auth", async (t) => {
        const socket = await connect(t, { travel, forceBase64, namespace: "/admin", query: "token=secret&more=%C3%BC" });
        assert.equal(socket.id, `/admin#${socket.io.engine.id}`);
        assert.deepEqual(await ask(socket, "whoami"), [{ token: "secret", more: "ü" }]);
      });

      test("a refusal is its data; an unknown namespace is an object", async (t) => {
        const socket = open(t, { travel, forceBase64, namespace: "/admin" });
        assert.deepEqual(await happens(socket, "error"), [{ code: 401, field: "token" }]);
        const unknown = open(t, { travel, forceBase64, namespace: "/nowhere" });
        assert.deepEqual(await happens(unknown, "error"), [{ message: "Invalid namespace" }]);
      });

      test("the server ends it", async (t) => {
        const socket = await connect(t, { travel, forceBase64 });
        const gone = happens(socket, "disconnect");
        socket.emit("kick");
        assert.deepEqual(await gone, ["io server disconnect"]);
      });
    });
  }
}

test("the id is the same on both sides", async (t) => {
  const watcher = await connect(t);
  await ask(watcher, "join", "watchers");
  const socket = await connect(t);
  const { id } = socket;
  const left = happens(watcher, "left");
  socket.disconnect();
  assert.deepEqual(await left, [id, "client namespace disconnect"]);
});

test("binary polling used the binary form", () => {
  assert.ok(contentTypes.includes("application/octet-stream"));
});

test("pings keep a client and the server answers them", async (t) => {
  const quick = await startServer({ options: ["--allow-eio3", "--ping-interval", "200", "--ping-timeout", "300"] });
  t.after(() => quick.stop());
  for (const travel of Object.keys(TRAVELS)) {
    const socket = await connect(t, { url: quick.url, travel });
    for (let pongs = 0; pongs < 4; pongs++) await happens(socket, "pong");
    assert.ok(socket.connected);
    socket.disconnect();
  }
});

test("without permission there is no connection", async (t) => {
  const strict = await startServer();
  t.after(() => strict.stop());
  for (const travel of Object.keys(TRAVELS)) {
    const socket = open(t, { url: strict.url, travel });
    await happens(socket, "connect_error");
    socket.disconnect();
  }
});
