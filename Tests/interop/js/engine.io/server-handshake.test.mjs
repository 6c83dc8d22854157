// The behaviours behind engine.io/test/server.js: handshake.
import net from "node:net";
import { describe, test } from "node:test";
import { assert, happens, Polling, stage } from "../stage.mjs";

/** The cookie of a polling handshake, with the session id written as `SID`. */
async function cookie(t, options) {
  const server = await stage(t, { http: { cookie: options } });
  const { answer, sid } = await new Polling(server, "/engine.io/").open();
  return answer.headers["set-cookie"]?.[0].replace(sid, "SID");
}

describe("handshake", () => {
  for (const [title, options, expected] of [
    ["should send the io cookie", {}, "io=SID; Path=/; HttpOnly; SameSite=Lax"],
    ["should send the io cookie custom name", { name: "woot" }, "woot=SID; Path=/; HttpOnly; SameSite=Lax"],
    ["should send the cookie with custom path", { path: "/custom" }, "io=SID; Path=/custom; HttpOnly; SameSite=Lax"],
    ["should send the cookie with path=false", { path: "" }, "io=SID; HttpOnly; SameSite=Lax"],
    ["should send the io cookie with httpOnly=true", { httpOnly: true }, "io=SID; Path=/; HttpOnly; SameSite=Lax"],
    ["should send the io cookie with sameSite=strict", { sameSite: "strict" }, "io=SID; Path=/; HttpOnly; SameSite=Strict"],
    ["should send the io cookie with httpOnly=false", { httpOnly: false }, "io=SID; Path=/; SameSite=Lax"],
    ["should not send the io cookie", undefined, undefined],
  ]) {
    test(title, async (t) => assert.equal(await cookie(t, options), expected));
  }

  test("should register a new client with custom id", async (t) => {
    const server = await stage(t, { allowUpgrades: false, http: { ids: ["CustomId1"] } });
    const client = server.engine();
    await happens(client, "open");
    assert.equal(client.id, "CustomId1");
    await server.seen("session", { sid: "CustomId1" });
  });

  for (const [suffix, transport] of [["", "polling"], [" (websocket only)", "websocket"]]) {
    test(`should disallow connection that are rejected by \`generateId\`${suffix}`, async (t) => {
      const server = await stage(t, { allowUpgrades: false, http: { ids: [""] } });
      await happens(server.engine({ transports: [transport] }), "error");
      const error = await server.seen("connection_error", { code: 3, message: "Bad request" });
      assert.equal(error.context, "ID_GENERATION_ERROR");
    });
  }

  test("should send a packet along with the handshake", async (t) => {
    const server = await stage(t, { http: { initialPacket: "faster!" } });
    assert.deepEqual(await happens(server.engine(), "message"), ["faster!"]);
  });

  test("should exchange handshake data", async (t) => {
    const server = await stage(t, { allowUpgrades: false });
    const [data] = await happens(server.engine(), "handshake");
    assert.equal(typeof data.sid, "string");
    assert.equal(typeof data.pingTimeout, "number");
    assert.ok(Array.isArray(data.upgrades));
    assert.equal(data.maxPayload, 1_000_000);
  });

  test("should allow custom ping timeouts", async (t) => {
    const server = await stage(t, { allowUpgrades: false, pingTimeout: 123 });
    const [data] = await happens(server.engine(), "handshake");
    assert.equal(data.pingTimeout, 123);
  });

  test("should open with polling by default", async (t) => {
    const server = await stage(t, { allowUpgrades: false });
    const client = server.engine();
    await happens(client, "open");
    assert.equal((await server.seen("session", { sid: client.id })).transport, "polling");
  });

  test("should be able to open with ws directly", async (t) => {
    const server = await stage(t, { transports: ["websocket"] });
    const client = server.engine({ transports: ["websocket"] });
    await happens(client, "open");
    assert.equal((await server.seen("session", { sid: client.id })).transport, "websocket");
  });

  test("should not suggest any upgrades for websocket", async (t) => {
    const server = await stage(t, { transports: ["websocket"] });
    const [data] = await happens(server.engine({ transports: ["websocket"] }), "handshake");
    assert.deepEqual(data.upgrades, []);
  });

  test("should not suggest upgrades when none are available", async (t) => {
    const server = await stage(t, { transports: ["polling"] });
    const [data] = await happens(server.engine(), "handshake");
    assert.deepEqual(data.upgrades, []);
  });

  test("should only suggest available upgrades", async (t) => {
    const server = await stage(t, { transports: ["polling"] });
    const client = server.engine();
    const [data] = await happens(client, "handshake");
    assert.deepEqual(data.upgrades, []);
    // And the other transport is refused when somebody asks for it all the same.
    const [error] = await happens(server.webSocket(), "error");
    assert.match(error.message, /400/);
  });

  test("should suggest all upgrades when no transports are disabled", async (t) => {
    const server = await stage(t);
    const [data] = await happens(server.engine(), "handshake");
    assert.deepEqual(data.upgrades, ["websocket"]);
  });

  test("default to polling when proxy doesn't support websocket", async (t) => {
    const server = await stage(t, { allowUpgrades: false, echo: true });
    const client = server.engine();
    await happens(client, "open");
    const path = server.engineURL({ transport: "websocket", sid: client.id });
    const { status, text } = await server.request("GET", path);
    assert.equal(status, 400);
    assert.equal(JSON.parse(text).code, 3);
    client.send("echo");
    assert.deepEqual(await happens(client, "message"), ["echo"]);
  });

  test("should allow arbitrary data through query string", async (t) => {
    const server = await stage(t, { allowUpgrades: false });
    await happens(server.engine({ query: { a: "b" } }), "open");
    const query = new URL((await server.seen("session")).url, server.url).searchParams;
    assert.equal(query.get("a"), "b");
    assert.equal(query.get("transport"), "polling");
  });

  test("should allow data through query string in uri", async (t) => {
    const server = await stage(t, { allowUpgrades: false });
    await happens(server.engine({}, "?a=b&c=d"), "open");
    const query = new URL((await server.seen("session")).url, server.url).searchParams;
    assert.deepEqual(["EIO", "a", "c"].map((key) => query.get(key)), ["4", "b", "d"]);
  });

  test("should disallow bad requests (handshake error)", async (t) => {
    const server = await stage(t, { origins: ["http://engine.io"] });
    const path = server.engineURL({ transport: "websocket" });
    const { status, headers, text } = await server.request("GET", path, { headers: { origin: "http://engine.io" } });
    assert.equal(status, 400);
    assert.deepEqual(JSON.parse(text), { code: 3, message: "Bad request" });
    assert.equal(headers["access-control-allow-credentials"], "true");
    assert.equal(headers["access-control-allow-origin"], "http://engine.io");
  });

  test("should disallow invalid origin header", async (t) => {
    const server = await stage(t);
    // No HTTP library sends such a header.
    const socket = net.connect(server.port, "127.0.0.1");
    t.after(() => socket.destroy());
    const path = server.engineURL({ transport: "websocket" });
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://engine.io/\x01\r\nConnection: close\r\n\r\n`);
    let answer = "";
    for await (const chunk of socket) answer += chunk;
    assert.match(answer, /^HTTP\/1\.1 400 /);
    assert.deepEqual(await server.all("session"), []);
  });

  test("should disallow invalid handshake method", async (t) => {
    const server = await stage(t);
    const { status, text } = await server.request("OPTIONS", server.engineURL({ transport: "polling" }));
    assert.equal(status, 400);
    assert.deepEqual(JSON.parse(text), { code: 2, message: "Bad handshake method" });
  });

  test("should disallow unsupported protocol versions", async (t) => {
    const server = await stage(t);
    const { status, text } = await server.request("GET", "/engine.io/?transport=polling&EIO=3");
    assert.equal(status, 400);
    assert.deepEqual(JSON.parse(text), { code: 5, message: "Unsupported protocol version" });
  });

  test("should support requests without trailing slash", async (t) => {
    for (const plan of [{}, { http: { addTrailingSlash: false } }]) {
      const server = await stage(t, plan);
      const answer = await server.request("GET", "/engine.io?EIO=4&transport=polling");
      assert.equal(answer.status, 200);
    }
    const server = await stage(t);
    // Other than the reference: what only begins with the path is not ours.
    const below = await server.request("GET", "/engine.io/foo/bar/?EIO=4&transport=polling");
    assert.equal(below.status, 404);
  });
});

describe("remoteAddress", () => {
  test("should be defined (polling)", async (t) => {
    const server = await stage(t);
    await new Polling(server, "/engine.io/").open();
    assert.equal((await server.seen("session")).address, "127.0.0.1");
  });

  test("should be defined (ws)", async (t) => {
    const server = await stage(t);
    server.webSocket();
    assert.equal((await server.seen("session")).address, "127.0.0.1");
  });
});
