// The behaviours behind engine.io/test/server.js: extraHeaders, response headers, cors.
import { describe, test } from "node:test";
import { assert, happens, Polling, stage } from "../stage.mjs";

const EXTRA = {
  "x-custom-header-for-my-project": "my-secret-access-token",
  cookie: "user_session=NI2JlCKF90aE0sJZD9ZzujtdsUqNYSBYxzlTsvdSUe35ZzdtVRGqYFr0kdGxbfc5gUOkR9RGp20GVKza; path=/; secure",
};
const EXPLORER_8 = "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)";
const EXPLORER_11 = "Mozilla/5.0 (Windows NT 6.3; Trident/7.0; rv:11.0) like Gecko";
const ADDED = { test: "123", "set-cookie": "mycookie=456" };

describe("extraHeaders", () => {
  test("should arrive from client to server via WebSockets", async (t) => {
    const server = await stage(t);
    server.webSocket({}, { headers: EXTRA });
    const { headers } = await server.seen("session");
    for (const name of Object.keys(EXTRA)) assert.equal(headers[name], EXTRA[name]);
  });

  test("should arrive from client to server via XMLHttpRequest", async (t) => {
    const server = await stage(t);
    await happens(server.engine({ transports: ["polling"], extraHeaders: EXTRA }), "open");
    const { headers } = await server.seen("session");
    for (const name of Object.keys(EXTRA)) assert.equal(headers[name], EXTRA[name]);
  });
});

describe("response headers", () => {
  for (const [name, agent] of [["IE8", EXPLORER_8], ["IE11", EXPLORER_11]]) {
    test(`should contain X-XSS-Protection: 0 for ${name}`, async (t) => {
      const server = await stage(t, { opened: [{ send: "hi" }] });
      const session = await new Polling(server, "/engine.io/").open({ "user-agent": agent });
      assert.equal(session.answer.headers["x-xss-protection"], "0");
      assert.equal((await session.push("4x", { "user-agent": agent })).headers["x-xss-protection"], "0");
    });
  }

  test("should include a 'cache-control' header", async (t) => {
    const server = await stage(t);
    const session = await new Polling(server, "/engine.io/").open();
    assert.equal(session.answer.headers["cache-control"], "no-store");
    assert.equal((await session.push("4x")).headers["cache-control"], "no-store");
  });

  test("should emit a 'initial_headers' event (polling)", async (t) => {
    const server = await stage(t, { http: { cookie: {}, initialHeaders: ADDED } });
    const session = await new Polling(server, "/engine.io/").open();
    assert.equal((await server.seen("initial_headers")).method, "GET");
    assert.equal(session.answer.headers.test, "123");
    assert.deepEqual(session.answer.headers["set-cookie"].slice(1), ["mycookie=456"]);
    const { headers } = await session.push("4x");
    assert.equal(headers.test, undefined);
    assert.equal(headers["set-cookie"], undefined);
    assert.equal((await server.all("initial_headers")).length, 1);
  });

  test("should emit a 'headers' event (polling)", async (t) => {
    const server = await stage(t, { http: { cookie: {}, headers: ADDED } });
    const session = await new Polling(server, "/engine.io/").open();
    assert.equal(session.answer.headers.test, "123");
    assert.deepEqual(session.answer.headers["set-cookie"].slice(1), ["mycookie=456"]);
    const { headers } = await session.push("4x");
    assert.deepEqual(headers["set-cookie"], ["mycookie=456"]);
    assert.deepEqual((await server.all("headers")).map((line) => line.method), ["GET", "POST"]);
  });

  test("should emit a 'initial_headers' event (websocket)", async (t) => {
    const server = await stage(t, { http: { cookie: {}, initialHeaders: ADDED } });
    const [{ headers }] = await happens(server.webSocket(), "upgrade");
    assert.equal(headers.test, "123");
    assert.deepEqual(headers["set-cookie"], ["mycookie=456"]);
    assert.equal((await server.seen("initial_headers")).method, "GET");
  });

  test("should emit a single 'initial_headers' event per connection", async (t) => {
    const server = await stage(t, { http: { initialHeaders: {} } });
    await happens(server.engine(), "upgrade");
    assert.equal((await server.all("initial_headers")).length, 1);
  });

  test("should emit several 'headers' events per connection", async (t) => {
    const server = await stage(t, { http: { headers: {} } });
    await happens(server.engine(), "upgrade");
    // The handshake, at least one poll, the upgrade.
    assert.ok((await server.all("headers")).length >= 3, `${(await server.all("headers")).length} events`);
  });
});

describe("cors", () => {
  const FRIEND = "http://engine.io";
  const reflecting = { origins: [FRIEND], http: { cors: { allowedHeaders: ["my-header"], credentials: true } } };
  const ask = (server, method, origin) =>
    server.request(method, server.engineURL({ transport: "polling" }), { headers: { origin } });

  test("should allow CORS from the current origin (preflight request)", async (t) => {
    const { status, text, headers } = await ask(await stage(t, reflecting), "OPTIONS", FRIEND);
    assert.equal(status, 204);
    assert.equal(text, "");
    assert.equal(headers["access-control-allow-origin"], FRIEND);
    assert.equal(headers["access-control-allow-methods"], "GET,HEAD,PUT,PATCH,POST,DELETE");
    assert.equal(headers["access-control-allow-headers"], "my-header");
    assert.equal(headers["access-control-allow-credentials"], "true");
  });

  test("should allow CORS from the current origin (actual request)", async (t) => {
    const { status, headers } = await ask(await stage(t, reflecting), "GET", FRIEND);
    assert.equal(status, 200);
    assert.equal(headers["access-control-allow-origin"], FRIEND);
    assert.equal(headers["access-control-allow-methods"], undefined);
    assert.equal(headers["access-control-allow-headers"], undefined);
    assert.equal(headers["access-control-allow-credentials"], "true");
  });

  test("should disallow CORS from a bad origin", async (t) => {
    const server = await stage(t, { origins: ["http://good-domain.com"] });
    const { status, text, headers } = await ask(server, "OPTIONS", "http://bad-domain.com");
    assert.equal(status, 204);
    assert.equal(text, "");
    assert.equal(headers["access-control-allow-origin"], undefined);
    assert.equal(headers["access-control-allow-credentials"], undefined);
  });

  test("should forward the configuration to the cors module", async (t) => {
    const server = await stage(t, {
      origins: ["http://good-domain.com"],
      http: {
        cors: {
          methods: ["GET", "PUT", "POST"],
          allowedHeaders: ["my-header"],
          exposedHeaders: ["my-exposed-header"],
          credentials: true,
          maxAge: 123,
          optionsSuccessStatus: 200,
        },
      },
    });
    const { status, text, headers } = await ask(server, "OPTIONS", "http://good-domain.com");
    assert.equal(status, 200);
    assert.equal(text, "");
    assert.equal(headers["access-control-allow-origin"], "http://good-domain.com");
    assert.equal(headers["access-control-allow-methods"], "GET,PUT,POST");
    assert.equal(headers["access-control-allow-headers"], "my-header");
    assert.equal(headers["access-control-expose-headers"], "my-exposed-header");
    assert.equal(headers["access-control-allow-credentials"], "true");
    assert.equal(headers["access-control-max-age"], "123");
  });

  test("should work with CORS enabled", async (t) => {
    const server = await stage(t, { ...reflecting, echo: true });
    const client = server.engine({ transports: ["polling"], extraHeaders: { origin: FRIEND } });
    await happens(client, "open");
    client.send("holà");
    assert.deepEqual(await happens(client, "message"), ["holà"]);
  });
});
