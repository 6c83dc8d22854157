// The behaviours behind engine.io/test/middlewares.js.
import { test } from "node:test";
import { assert, happens, stage } from "../stage.mjs";

const using = (...middlewares) => ({ http: { middlewares } });
const handshake = (server) => server.request("GET", server.engineURL({ transport: "polling" }));
/** What a session of Express and a set of protective headers look like from outside. */
const SESSION = { "set-cookie": "connect.sid=s%3Aabc.def; Path=/; HttpOnly" };
const HELMET = { "x-download-options": "noopen", "x-content-type-options": "nosniff" };

for (const [title, added] of [
  ["should apply middleware", { foo: "bar" }],
  ["should work with helmet", HELMET],
  ["should work with express-session", SESSION],
]) {
  const check = (headers) => {
    for (const [name, value] of Object.entries(added)) assert.equal([headers[name]].flat()[0], value);
  };

  test(`${title} (polling)`, async (t) => {
    const { status, headers } = await handshake(await stage(t, using({ add: added })));
    assert.equal(status, 200);
    check(headers);
  });

  test(`${title} (websocket)`, async (t) => {
    const server = await stage(t, using({ add: added }));
    const [{ headers }] = await happens(server.webSocket(), "upgrade");
    check(headers);
  });
}

test("should apply all middlewares in order", async (t) => {
  const server = await stage(t, using({ journal: "1" }, { journal: "2" }, { journal: "3" }));
  assert.equal((await handshake(server)).status, 200);
  assert.deepEqual((await server.all("note")).map((note) => note.word), ["1", "2", "3"]);
});

test("should end the request (polling)", async (t) => {
  const server = await stage(t, using({ answer: 503 }, { journal: "not reached" }));
  assert.equal((await handshake(server)).status, 503);
  assert.deepEqual([...await server.all("session"), ...await server.all("note")], []);
});

test("should end the request (websocket)", async (t) => {
  const server = await stage(t, using({ answer: 503 }));
  const [error] = await happens(server.webSocket(), "error");
  assert.match(error.message, /503/);
  assert.deepEqual(await server.all("session"), []);
});

test("should fail on errors (polling)", async (t) => {
  const server = await stage(t, using({ fail: true }));
  assert.equal((await handshake(server)).status, 400);
  assert.deepEqual(await server.all("session"), []);
});

test("should fail on errors (websocket)", async (t) => {
  const server = await stage(t, using({ fail: true }));
  const [error] = await happens(server.webSocket(), "error");
  assert.match(error.message, /400/);
  assert.deepEqual(await server.all("session"), []);
});

test("should not be receiving data when getting a message longer than maxHttpBufferSize when polling (with a middleware)", async (t) => {
  const server = await stage(t, { ...using({ add: {} }), allowUpgrades: false, transports: ["polling"], maxPayload: 5 });
  const client = server.engine({ transports: ["polling"] });
  await happens(client, "open");
  client.send("a".repeat(48));
  await happens(client, "close");
  assert.deepEqual(await server.all("message"), []);
});
