// Events, acknowledgements, binary and rooms between the official client and our server, over every way of travelling.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { bytes, connect, happens, startServer, TRAVELS } from "./harness.mjs";

let server;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

for (const travel of Object.keys(TRAVELS)) {
  describe(`over ${travel}`, () => {
    test("travels as it was told", async (t) => {
      const socket = await connect(t, server, { travel });
      assert.equal(socket.io.engine.transport.name, travel === "polling" ? "polling" : "websocket");
      assert.match(socket.id, /^[\w-]{20}$/);
      assert.ok(!socket.recovered);
    });

    test("text with all of Unicode comes back", async (t) => {
      const socket = await connect(t, server, { travel });
      const values = ["grüße 😀 \u0000 \u2028 \u001e \ufeff", { "ключ": ["值", null, true, 1.5, -0.25e-7] }, [], {}, "", 0];
      const echoed = happens(socket, "echo");
      socket.emit("echo", ...values);
      assert.deepEqual(await echoed, values);
    });

    test("binary goes both ways, nested and empty", async (t) => {
      const socket = await connect(t, server, { travel });
      const echoed = happens(socket, "echo");
      socket.emit("echo", new Uint8Array([1, 2, 255]), { deep: [{ data: new Uint8Array([0]) }] }, new Uint8Array());
      const [first, second, third] = await echoed;
      assert.deepEqual(bytes(first), [1, 2, 255]);
      assert.deepEqual(bytes(second.deep[0].data), [0]);
      assert.deepEqual(bytes(third), []);
    });

    test("the server acknowledges", async (t) => {
      const socket = await connect(t, server, { travel });
      assert.deepEqual(await socket.emitWithAck("echo-ack", { a: ["ü"] }), { a: ["ü"] });
      const results = await Promise.all([...Array(50).keys()].map((n) => socket.emitWithAck("echo-ack", n)));
      assert.deepEqual(results, [...Array(50).keys()]);
    });

    test("the server acknowledges with binary", async (t) => {
      const socket = await connect(t, server, { travel });
      const answer = await socket.emitWithAck("echo-ack", { data: new Uint8Array([7, 8]) });
      assert.deepEqual(bytes(answer.data), [7, 8]);
    });

    test("the client acknowledges, with text and with binary", async (t) => {
      const socket = await connect(t, server, { travel });
      socket.on("question", (...args) => args.at(-1)("answer", args[0], new Uint8Array([9])));
      const answer = await new Promise((resolve) => socket.emit("ask", "why ü?", (...args) => resolve(args)));
      assert.deepEqual(answer.slice(0, 2), ["answer", "why ü?"]);
      assert.deepEqual(bytes(answer[2]), [9]);
    });

    test("a client that does not answer lets the server's wait run out", async (t) => {
      const socket = await connect(t, server, { travel });
      assert.equal(await socket.emitWithAck("ask-timeout", 50), "timeout");
      socket.once("question", (answer) => answer("here"));
      assert.equal(await socket.emitWithAck("ask-timeout", 5000), "here");
    });

    test("an acknowledgement that never comes times out here", async (t) => {
      const socket = await connect(t, server, { travel });
      await assert.rejects(socket.timeout(100).emitWithAck("no such event"), /timed out/);
      assert.equal(await socket.emitWithAck("echo-ack", "alive"), "alive");
    });

    test("300 kB of text and of binary", async (t) => {
      const socket = await connect(t, server, { travel });
      const text = "xü😀".repeat(50_000);
      assert.equal(await socket.emitWithAck("echo-ack", text), text);
      const data = new Uint8Array(300_000).map((_, index) => index % 251);
      assert.deepEqual(bytes(await socket.emitWithAck("echo-ack", data)), [...data]);
    });

    test("a thousand events arrive in order", async (t) => {
      const socket = await connect(t, server, { travel });
      const seen = [];
      socket.on("n", (n) => seen.push(n));
      assert.equal(await socket.emitWithAck("burst", 1000), 1000);
      assert.deepEqual(seen, [...Array(1000).keys()]);
    });

    test("rooms: everyone, everyone but the sender, everyone but a room", async (t) => {
      const [a, b, c] = await Promise.all([1, 2, 3].map(() => connect(t, server, { travel })));
      const room = `room of ${travel}`;
      const heard = new Map([a, b, c].map((socket) => [socket, []]));
      for (const [socket, list] of heard) {
        await socket.emitWithAck("join", room);
        socket.on("msg", (payload) => list.push(payload));
      }
      await c.emitWithAck("join", `${room} c`);
      const last = Promise.all([...heard.keys()].map((socket) => new Promise((resolve) => {
        socket.on("msg", (payload) => payload === "last" && resolve());
      })));
      a.emit("broadcast", room, { to: "all" });
      a.emit("others", room, "to others");
      a.emit("except", room, `${room} c`, new Uint8Array([1]));
      a.emit("broadcast", room, "last");
      await last;
      const read = (list) => list.map((item) => (typeof item === "string" ? item : item.to ?? bytes(item)));
      assert.deepEqual(read(heard.get(a)), ["all", [1], "last"]);
      assert.deepEqual(read(heard.get(b)), ["all", "to others", [1], "last"]);
      assert.deepEqual(read(heard.get(c)), ["all", "to others", "last"]);
    });

    test("who left a room hears nothing of it", async (t) => {
      const [a, b] = await Promise.all([1, 2].map(() => connect(t, server, { travel })));
      const room = `left ${travel}`;
      for (const socket of [a, b]) await socket.emitWithAck("join", room);
      await b.emitWithAck("leave", room);
      let heard = false;
      b.on("msg", () => (heard = true));
      const arrived = happens(a, "msg");
      a.emit("broadcast", room, 1);
      await arrived;
      assert.equal(await b.emitWithAck("echo-ack", "fence"), "fence");
      assert.equal(heard, false);
    });
  });
}
