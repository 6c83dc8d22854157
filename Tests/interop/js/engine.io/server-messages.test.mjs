// The behaviours behind engine.io/test/server.js: messages, send, upgrade.
import http from "node:http";
import { describe, test } from "node:test";
import { assert, calls, happens, stage, values } from "../stage.mjs";

const quiet = { allowUpgrades: false };
const DIGITS = [0, 1, 2, 3, 4];

/** The first `count` messages from now on. */
function messages(client, count) {
  const all = [];
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`only ${all.length} messages`)), 20_000);
    client.on("message", (message) => {
      all.push(message);
      if (all.length < count) return;
      clearTimeout(timer);
      resolve(all);
    });
  });
}

/** What a client of this transport gets when the server sends these bytes at its opening. */
async function arrives(t, transport, bytes, options = {}) {
  const server = await stage(t, { ...quiet, transports: [transport], opened: [{ sendBytes: [...new Uint8Array(bytes)] }] });
  const client = server.engine({ transports: [transport] });
  client.binaryType = options.binaryType ?? client.binaryType;
  const [data] = await happens(client, "message");
  assert.deepEqual([...new Uint8Array(data)], [...new Uint8Array(bytes)]);
  return data;
}

describe("messages", () => {
  for (const [suffix, transport] of [["", "polling"], ["ws", "websocket"]]) {
    const plan = { ...quiet, transports: [transport] };

    test(`should arrive from server to client${suffix && " (ws)"}`, async (t) => {
      const server = await stage(t, { ...plan, opened: [{ send: "a" }] });
      assert.deepEqual(await happens(server.engine({ transports: [transport] }), "message"), ["a"]);
    });

    test(`should arrive from server to client (multiple${suffix && ", ws"})`, async (t) => {
      const server = await stage(t, { ...plan, opened: [{ send: "a" }] });
      const client = server.engine({ transports: [transport] });
      const got = messages(client, 3);
      await happens(client, "open");
      await server.tellSession(client.id, { send: "b" });
      const closed = happens(client, "close");
      await server.tellSession(client.id, [{ send: "c" }, { close: true }]);
      assert.deepEqual(await got, ["a", "b", "c"]);
      await closed;
    });
  }

  test("should arrive from server to client (multiple, no delay, ws)", async (t) => {
    const opened = [{ send: "a" }, { send: "b" }, { send: "c" }, { close: true }];
    const server = await stage(t, { ...quiet, transports: ["websocket"], opened });
    const client = server.engine({ transports: ["websocket"] });
    const got = calls(client, "message");
    await happens(client, "close");
    assert.deepEqual(got, [["a"], ["b"], ["c"]]);
  });

  test("should not be receiving data when getting a message longer than maxHttpBufferSize when polling", async (t) => {
    const server = await stage(t, { ...quiet, transports: ["polling"], maxPayload: 5 });
    const client = server.engine({ transports: ["polling"] });
    await happens(client, "open");
    client.send("a".repeat(48));
    await happens(client, "close");
    assert.deepEqual(await server.all("message"), []);
  });

  test("should not be receiving data when getting a message longer than maxHttpBufferSize (websocket)", async (t) => {
    const server = await stage(t, { maxPayload: 5 });
    const client = server.engine({ transports: ["websocket"] });
    await happens(client, "open");
    client.send("a".repeat(48));
    await happens(client, "close");
    await server.seen("close");
    assert.deepEqual(await server.all("message"), []);
  });

  test("should receive data when getting a message shorter than maxHttpBufferSize when polling", async (t) => {
    const server = await stage(t, { ...quiet, transports: ["polling"], maxPayload: 5 });
    const client = server.engine({ transports: ["polling"] });
    await happens(client, "open");
    client.send("a");
    assert.equal((await server.seen("message")).data, "a");
  });

  test("should arrive when binary data is sent as Int8Array (ws)", async (t) => {
    await arrives(t, "websocket", Int8Array.from([0, -1, 127, -128, 4]).buffer);
  });

  test("should arrive when binary data is sent as Int32Array (ws)", async (t) => {
    const numbers = Int32Array.from(DIGITS, (number) => (number + 100) * 9823);
    const data = await arrives(t, "websocket", numbers.buffer);
    const copy = new Uint8Array(data).slice().buffer;
    assert.deepEqual([...new Int32Array(copy)], [...numbers]);
  });

  test("should arrive when binary data is sent as Int32Array, given as ArrayBuffer(ws)", async (t) => {
    // The other way round: the client's form makes no difference to the server.
    const numbers = Int32Array.from(DIGITS, (number) => (number + 100) * 9823);
    const server = await stage(t, { ...quiet, transports: ["websocket"] });
    const client = server.engine({ transports: ["websocket"] });
    await happens(client, "open");
    client.send(numbers.buffer);
    const { data } = values(await server.seen("message"));
    assert.deepEqual([...new Int32Array(data.slice().buffer)], [...numbers]);
  });

  test("should arrive when binary data is sent as Buffer (ws)", async (t) => {
    await arrives(t, "websocket", Buffer.from(DIGITS));
  });

  test("should arrive when binary data sent as Buffer (polling)", async (t) => {
    await arrives(t, "polling", Buffer.from(DIGITS));
  });

  test("should arrive as ArrayBuffer if requested when binary data sent as Buffer (ws)", async (t) => {
    assert.ok((await arrives(t, "websocket", Buffer.from(DIGITS), { binaryType: "arraybuffer" })) instanceof ArrayBuffer);
  });

  test("should arrive as ArrayBuffer if requested when binary data sent as Buffer (polling)", async (t) => {
    assert.ok((await arrives(t, "polling", Buffer.from(DIGITS), { binaryType: "arraybuffer" })) instanceof ArrayBuffer);
  });

  test("should arrive when content is split in multiple chunks (polling)", async (t) => {
    const server = await stage(t, { maxPayload: 10_000_000 });
    const client = server.engine({ transports: ["polling"] });
    await happens(client, "open");
    client.send("a".repeat(1e6));
    assert.equal((await server.seen("message")).data.length, 1e6);
  });

  test("should arrive when content is sent with chunked transfer-encoding (polling)", async (t) => {
    const server = await stage(t);
    const client = server.engine({ transports: ["polling"] });
    await happens(client, "open");
    const path = server.engineURL({ transport: "polling", sid: client.id });
    const post = http.request({ host: "127.0.0.1", port: server.port, path, method: "POST", agent: false });
    for (const chunk of ["41", "2", "3"]) await new Promise((resolve) => post.write(chunk, resolve));
    post.end();
    assert.equal((await server.seen("message")).data, "123");
  });

  test("should interleave with pongs if many messages buffered after connection open", async (t) => {
    const server = await stage(t, {
      transports: ["websocket"],
      pingInterval: 200,
      pingTimeout: 2_000,
      maxOutboxBytes: 32_000_000,
    });
    const client = server.engine({ transports: ["websocket"] });
    await happens(client, "open");
    const count = 100;
    const got = messages(client, count);
    const steps = [...Array(count).keys()].map((number) => ({ send: `${"a".repeat(65_535)}|message: ${number}` }));
    await server.tellSession(client.id, steps);
    assert.deepEqual((await got).map((text) => Number(text.split(": ")[1])), [...Array(count).keys()]);
    await happens(client, "ping");
    assert.deepEqual(await server.all("close"), []);
  });

  test("should support chinese", async (t) => {
    const texts = [".", "石室詩士施氏，嗜獅，誓食十獅。", "氏時時適市視獅。"];
    const server = await stage(t, { ...quiet, opened: texts.map((text) => ({ send: text })) });
    const client = server.engine();
    assert.deepEqual(await messages(client, 3), texts);
    for (const text of texts) client.send(text);
    for (const text of texts) assert.equal((await server.seen("message")).data, text);
  });
});

describe("send", () => {
  describe("writeBuffer", () => {
    for (const transport of ["polling", "websocket"]) {
      test(`should not empty until \`drain\` event (${transport})`, async (t) => {
        const server = await stage(t, quiet);
        const client = server.engine({ transports: [transport] });
        await happens(client, "open");
        const drained = happens(client, "drain");
        client.send("a");
        client.send("b");
        assert.equal(client.writeBuffer.length, 2);
        await drained;
        assert.ok(client.writeBuffer.length < 2);
        assert.equal((await server.seen("message")).data, "a");
        assert.equal((await server.seen("message")).data, "b");
      });
    }
  });

  describe("callback", () => {
    for (const transport of ["polling", "websocket"]) {
      test(`should execute in order when message sent (client) (${transport})`, async (t) => {
        const server = await stage(t, { ...quiet, echo: true });
        const client = server.engine({ transports: [transport] });
        await happens(client, "open");
        for (const text of ["0", "1", "2"]) {
          const echoed = happens(client, "message");
          await new Promise((resolve) => client.send(text, resolve));
          assert.deepEqual(await echoed, [text]);
        }
      });
    }
  });
});

describe("upgrade", () => {
  test("should upgrade", async (t) => {
    const server = await stage(t, { echo: true });
    const client = server.engine();
    const upgrading = happens(client, "upgrading");
    const upgraded = happens(client, "upgrade");
    await happens(client, "open");
    const count = 50;
    const numbers = [...Array(count).keys()].map(String);
    const got = messages(client, count);
    // Some before, some during, some after: both ways, in order.
    for (const number of numbers.slice(0, 10)) client.send(number);
    await upgrading;
    for (const number of numbers.slice(10, 30)) client.send(number);
    await upgraded;
    for (const number of numbers.slice(30)) client.send(number);
    assert.deepEqual(await got, numbers);
    assert.deepEqual((await server.all("message")).map((line) => line.data), numbers);
    assert.equal(client.transport.name, "websocket");
    const closed = happens(client, "close");
    client.close();
    assert.equal((await closed)[0], "forced close");
    assert.equal((await server.seen("close")).reason, "transport close");
  });
});
