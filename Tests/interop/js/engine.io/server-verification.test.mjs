// The behaviours behind engine.io/test/server.js: verification.
import http from "node:http";
import { describe, test } from "node:test";
import { assert, happens, Polling, stage } from "../stage.mjs";

/** The status and the error of a refusal. */
async function refusal(server, query, headers = {}) {
  const { status, text } = await server.request("GET", `/engine.io/?${new URLSearchParams(query)}`, { headers });
  return { status, ...JSON.parse(text) };
}

/** An upgrade request with a body that is no WebSocket frame; then the server serves others as before. */
async function breaksIn(server, query) {
  const headers = {
    connection: "upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "DXR4dX615eRds8nRmlhqtw==",
    "content-length": 4,
  };
  const path = server.engineURL({ transport: "websocket", ...query });
  const sent = http.request({ host: "127.0.0.1", port: server.port, path, headers, agent: false });
  sent.on("error", () => {});
  const ended = new Promise((resolve) => {
    sent.on("upgrade", (_, socket) => socket.on("close", resolve).on("error", () => {}).resume());
    sent.on("response", (response) => response.on("end", resolve).resume());
    sent.on("close", resolve);
  });
  sent.end("test");
  await ended;
  await new Polling(server, "/engine.io/").open();
}

describe("verification", () => {
  test("should disallow non-existent transports", async (t) => {
    const server = await stage(t);
    assert.deepEqual(await refusal(server, { transport: "tobi" }), { status: 400, code: 0, message: "Transport unknown" });
    await server.seen("connection_error", { code: 0, message: "Transport unknown" });
  });

  test("should disallow `constructor` as transports", async (t) => {
    const server = await stage(t);
    const headers = { origin: `http://127.0.0.1:${server.port}` };
    const answer = await refusal(server, { transport: "constructor" }, headers);
    assert.deepEqual(answer, { status: 400, code: 0, message: "Transport unknown" });
  });

  test("should disallow non-existent sids", async (t) => {
    const server = await stage(t);
    const answer = await refusal(server, { EIO: 4, transport: "polling", sid: "test" });
    assert.deepEqual(answer, { status: 400, code: 1, message: "Session ID unknown" });
    await server.seen("connection_error", { code: 1, message: "Session ID unknown" });
  });

  test("should disallow requests that are rejected by `allowRequest`", async (t) => {
    const server = await stage(t, { http: { allowRequest: "Thou shall not pass" } });
    const answer = await refusal(server, { EIO: 4, transport: "polling" });
    assert.deepEqual(answer, { status: 403, code: 4, message: "Thou shall not pass" });
    await server.seen("connection_error", { code: 4 });
  });

  test("should disallow connection that are rejected by `allowRequest` (ws)", async (t) => {
    const server = await stage(t, { http: { allowRequest: "" } });
    await happens(server.engine({ transports: ["websocket"] }), "error");
    assert.deepEqual(await server.all("session"), []);
  });

  test("should not throw when the client sends invalid data during the handshake (ws only)", async (t) => {
    const server = await stage(t);
    await breaksIn(server, {});
  });

  test("should not throw when the client sends invalid data during the handshake (upgrade)", async (t) => {
    const server = await stage(t);
    const { sid } = await new Polling(server, "/engine.io/").open();
    await breaksIn(server, { sid });
  });

  test("should prevent the client from upgrading twice", async (t) => {
    const server = await stage(t, { echo: true });
    const client = server.engine();
    await happens(client, "upgrade");
    const second = server.webSocket({ sid: client.id });
    await new Promise((resolve) => second.once("close", resolve));
    // The first goes on.
    const echoed = happens(client, "message");
    client.send("still here");
    assert.deepEqual(await echoed, ["still here"]);
  });

  test("should disallow `__proto__` as transport (polling)", async (t) => {
    const server = await stage(t);
    const answer = await refusal(server, { transport: "__proto__", EIO: 4 });
    assert.deepEqual(answer, { status: 400, code: 0, message: "Transport unknown" });
  });

  test("should disallow `__proto__` as transport (websocket)", async (t) => {
    const server = await stage(t);
    const socket = server.webSocket({ transport: "__proto__" });
    const [error] = await happens(socket, "error");
    assert.match(error.message, /400/);
  });
});
