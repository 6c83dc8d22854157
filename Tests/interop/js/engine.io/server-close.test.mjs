// The behaviours behind engine.io/test/server.js: close.
import http from "node:http";
import { describe, test } from "node:test";
import { assert, calls, happens, Polling, request, stage } from "../stage.mjs";

const quiet = { allowUpgrades: false };
/** From its opening on, the client says nothing more. */
const falls = async (client, event = "open") => {
  await happens(client, event);
  client.transport.send = () => {};
};
/** The client hears nothing any more. */
const deaf = (client) => {
  client.transport.off("packet");
  client.transport.off("close");
};

describe("close", () => {
  test("should trigger on server if the client does not pong", async (t) => {
    const server = await stage(t, { ...quiet, pingInterval: 5, pingTimeout: 5 });
    await falls(server.engine(), "handshake");
    assert.equal((await server.seen("close")).reason, "ping timeout");
  });

  test("should trigger on server even when there is no outstanding polling request (GH-198)", async (t) => {
    const server = await stage(t, { ...quiet, pingInterval: 100, pingTimeout: 100 });
    // A client that opens a session and is never heard of again; the server closes it meanwhile.
    const { sid } = await new Polling(server, "/engine.io/").open();
    await server.seen("session", { sid });
    await server.tellSession(sid, { close: true });
    const { reason } = await server.seen("close", { sid });
    assert.match(reason, /^(ping timeout|forced close)$/);
  });

  test("should trigger on client if server does not meet ping timeout", async (t) => {
    const server = await stage(t, { ...quiet, pingInterval: 50, pingTimeout: 30 });
    const client = server.engine();
    await happens(client, "open");
    deaf(client);
    assert.equal((await happens(client, "close"))[0], "ping timeout");
  });

  test("should trigger on both ends upon ping timeout", async (t) => {
    const server = await stage(t, { ...quiet, pingInterval: 50, pingTimeout: 50 });
    const client = server.engine();
    await happens(client, "open");
    deaf(client);
    client.transport.send = () => {};
    assert.equal((await happens(client, "close"))[0], "ping timeout");
    assert.match((await server.seen("close")).reason, /ping timeout|transport/);
  });

  for (const [name, transports] of [["", ["polling"]], [" (ws)", ["websocket"]]]) {
    test(`should trigger when server closes a client${name}`, async (t) => {
      const server = await stage(t, quiet);
      const client = server.engine({ transports });
      await happens(client, "open");
      const closed = happens(client, "close");
      await server.tellSession(client.id, { close: true });
      assert.equal((await closed)[0], "transport close");
      assert.equal((await server.seen("close")).reason, "forced close");
    });

    test(`should trigger when client closes${name}`, async (t) => {
      const server = await stage(t, quiet);
      const client = server.engine({ transports });
      await happens(client, "open");
      const closed = happens(client, "close");
      client.close();
      assert.equal((await closed)[0], "forced close");
      assert.equal((await server.seen("close")).reason, "transport close");
    });
  }

  test("should allow client reconnect after restarting (ws)", async (t) => {
    const first = await stage(t, { transports: ["websocket"] });
    await first.stop();
    const second = await stage(t, { transports: ["websocket"] }, { port: first.port });
    const client = second.engine({ transports: ["websocket"] });
    await happens(client, "open");
    const closed = happens(client, "close");
    await second.tellSession(client.id, { close: true });
    assert.equal((await closed)[0], "transport close");
  });

  test("should trigger when calling socket.close() in payload", async (t) => {
    const server = await stage(t, { ...quiet, opened: [{ send: "close now" }, { send: "this should not be handled" }] });
    const client = server.engine();
    const messages = calls(client, "message");
    client.on("message", () => client.close());
    assert.equal((await happens(client, "close"))[0], "forced close");
    assert.equal((await server.seen("close")).reason, "transport close");
    assert.deepEqual(messages, [["close now"]]);
  });

  test("should abort upgrade if socket is closed (GH-35)", async (t) => {
    const server = await stage(t);
    const client = server.engine();
    await happens(client, "open");
    client.close();
    assert.equal((await server.seen("close")).reason, "transport close");
    // Nothing is left of it: others are served.
    await happens(server.engine(), "upgrade");
  });

  test("should abort connection when upgrade fails", async (t) => {
    const server = await stage(t);
    const headers = { connection: "Upgrade", upgrade: "websocket" };
    const { status } = await server.request("GET", "/engine.io/", { headers });
    assert.equal(status, 400);
  });

  test("should trigger if a poll request is ongoing and the underlying socket closes, as in a browser tab close", async (t) => {
    const server = await stage(t, quiet);
    const session = await new Polling(server, "/engine.io/").open();
    const poll = http.get({ host: "127.0.0.1", port: server.port, path: session.path, agent: false });
    poll.on("error", () => {});
    await happens(poll, "finish");
    // An answer on another connection comes later than the poll was heard.
    await session.push("4x");
    await server.seen("message", { sid: session.sid });
    poll.destroy();
    assert.match((await server.seen("close", { sid: session.sid })).reason, /^transport (error|close)$/);
  });

  test("should not trigger with connection: close header", async (t) => {
    const server = await stage(t, { ...quiet, echo: true });
    const session = await new Polling(server, "/engine.io/").open({ connection: "close" });
    await session.push("4woot", { connection: "close" });
    assert.equal((await session.poll({ connection: "close" })).text, "4woot");
    assert.deepEqual(await server.all("close"), []);
  });

  test("should not trigger early with connection `ping timeout`after post handshake timeout", async (t) => {
    const server = await stage(t, { ...quiet, pingInterval: 300, pingTimeout: 100 });
    const client = server.engine();
    await happens(client, "handshake");
    const from = performance.now();
    client.transport.off("packet");
    // The server gives up at the same time: whichever is first.
    await happens(client, "close");
    assert.ok(performance.now() - from >= 350, "later than pingTimeout alone");
  });

  test("should not trigger early with connection `ping timeout` after post ping timeout", async (t) => {
    const server = await stage(t, { ...quiet, pingInterval: 80, pingTimeout: 50 });
    const client = server.engine();
    await happens(client, "ping");
    const from = performance.now();
    deaf(client);
    // Whichever end finds out first.
    await happens(client, "close");
    assert.ok(performance.now() - from >= 100, "not before pingInterval + pingTimeout");
  });

  test("should trigger early with connection `transport close` after missing pong", async (t) => {
    const server = await stage(t, { ...quiet, pingInterval: 80, pingTimeout: 5_000 });
    const client = server.engine();
    await happens(client, "ping");
    const closed = happens(client, "close");
    await server.tellSession(client.id, { close: true });
    assert.equal((await closed)[0], "transport close");
  });

  test("should trigger with connection `ping timeout` after `pingInterval + pingTimeout`", async (t) => {
    const server = await stage(t, { ...quiet, pingInterval: 300, pingTimeout: 100 });
    const client = server.engine();
    await happens(client, "ping");
    const from = performance.now();
    client.transport.off("packet");
    // Both ends find out at the same time.
    assert.match((await happens(client, "close"))[0], /^(ping timeout|transport close)$/);
    assert.ok(performance.now() - from >= 350);
  });

  test("should abort the polling data request if it is in progress", async (t) => {
    const server = await stage(t, { transports: ["polling"] });
    const session = await new Polling(server, "/engine.io/").open();
    const headers = { "content-type": "text/plain", "content-length": 6 };
    const post = http.request({ host: "127.0.0.1", port: server.port, method: "POST", path: session.path, headers, agent: false });
    const ended = new Promise((resolve) => post.on("response", (response) => resolve(response.resume())).on("error", resolve));
    post.write("4te");
    await server.tellSession(session.sid, { close: true });
    await server.seen("close", { sid: session.sid });
    post.end("st!");
    await ended;
    assert.deepEqual(await server.all("message"), []);
  });

  test("should abort the polling data request if the content type is invalid", async (t) => {
    const server = await stage(t);
    const session = await new Polling(server, "/engine.io/").open();
    const headers = { "content-type": "application/octet-stream" };
    const { status } = await server.request("POST", session.path, { headers, body: Buffer.of(1, 2, 3) });
    assert.equal(status, 400);
  });

  for (const [name, transport] of [["ws", "websocket"], ["xhr", "polling"]]) {
    test(`should trigger transport close before open for ${name}`, async (t) => {
      const server = await stage(t);
      await server.stop();
      const client = server.engine({ transports: [transport] });
      const opened = calls(client, "open");
      assert.equal((await happens(client, "close"))[0], "transport error");
      assert.equal(opened.length, 0);
    });

    test(`should trigger force close before open for ${name}`, async (t) => {
      const server = await stage(t);
      const client = server.engine({ transports: [transport] });
      const opened = calls(client, "open");
      const closed = happens(client, "close");
      client.close();
      assert.equal((await closed)[0], "forced close");
      assert.equal(opened.length, 0);
    });
  }

  test("should close transport upon ping timeout (ws)", async (t) => {
    const server = await stage(t, { transports: ["websocket"], pingInterval: 50, pingTimeout: 30 });
    const socket = server.webSocket();
    await happens(socket, "close");
    assert.equal((await server.seen("close")).reason, "ping timeout");
  });

  test("should close transport upon ping timeout (polling)", async (t) => {
    const server = await stage(t, { transports: ["polling"], pingInterval: 50, pingTimeout: 30 });
    const session = await new Polling(server, "/engine.io/").open();
    assert.equal((await session.poll()).text, "2");
    const { text } = await session.poll();
    assert.match(text, /^1$|Session ID unknown/);
    assert.equal((await server.seen("close")).reason, "ping timeout");
  });

  test("should close transport upon parse error (ws)", async (t) => {
    const server = await stage(t, { transports: ["websocket"] });
    const socket = server.webSocket();
    await happens(socket, "open");
    const closed = happens(socket, "close");
    socket.send("invalid");
    await closed;
    await server.seen("close");
  });

  test("should close transport upon parse error (polling)", async (t) => {
    const server = await stage(t, { transports: ["polling"] });
    const session = await new Polling(server, "/engine.io/").open();
    await server.request("POST", session.path, { headers: { "content-type": "text/plain" }, body: "invalid" });
    await server.seen("close", { sid: session.sid });
    assert.equal((await session.poll()).status, 400);
  });

  test("should close upgrading transport upon socket close", async (t) => {
    const server = await stage(t);
    const session = await new Polling(server, "/engine.io/").open();
    const probe = server.webSocket({ sid: session.sid });
    await happens(probe, "open");
    const answered = happens(probe, "message");
    probe.send("2probe");
    assert.equal(String((await answered)[0]), "3probe");
    const closed = happens(probe, "close");
    await server.tellSession(session.sid, { close: true });
    await closed;
  });

  test("should close upgrading transport upon upgrade timeout", async (t) => {
    const server = await stage(t, { upgradeTimeout: 100 });
    const session = await new Polling(server, "/engine.io/").open();
    const probe = server.webSocket({ sid: session.sid });
    await happens(probe, "open");
    probe.send("2probe");
    await happens(probe, "close");
    // The session itself lives.
    await session.push("4x");
    await server.seen("message", { sid: session.sid });
  });

  test("should not timeout after an upgrade", async (t) => {
    const server = await stage(t, { pingInterval: 100, pingTimeout: 2_000 });
    const client = server.engine();
    const closed = calls(client, "close");
    await happens(client, "upgrade");
    for (let pings = 0; pings < 4; pings += 1) await happens(client, "ping");
    assert.equal(closed.length, 0);
    assert.deepEqual(await server.all("close"), []);
  });

  test("should not discard the packets in the writeBuffer when closing gracefully", async (t) => {
    const server = await stage(t, { opened: [{ send: "hello" }, { close: true }] });
    const client = server.engine();
    assert.deepEqual(await happens(client, "message"), ["hello"]);
    await server.seen("close");
  });

  describe("graceful close", () => {
    for (const [title, event, options] of [
      ["should stop socket and timers", "open", { transports: ["polling"] }],
      ["should stop upgraded socket and timers", "upgrade", {}],
      ["should stop upgrading socket and timers", "upgrading", {}],
    ]) {
      test(title, async (t) => {
        const server = await stage(t);
        const client = server.engine(options);
        await happens(client, event);
        const from = performance.now();
        // The end of the test's server is the end of its process: it waits for nothing that is left.
        await server.stop();
        assert.ok(performance.now() - from < 10_000);
        await assert.rejects(request(server.port, "GET", "/engine.io/"));
      });
    }
  });
});
