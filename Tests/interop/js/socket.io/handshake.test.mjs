// The behaviours behind socket.io/test/handshake.ts.
import { test } from "node:test";
import { assert, stage } from "../stage.mjs";

const PATH = "/socket.io/?EIO=4&transport=polling";
const FRIEND = "http://localhost:54023";
const welcoming = {
  origins: [FRIEND],
  http: { cors: { methods: ["GET", "POST"], allowedHeaders: ["content-type"], credentials: true } },
};

test("should send the Access-Control-Allow-xxx headers on OPTIONS request", async (t) => {
  const server = await stage(t, welcoming);
  const { status, headers } = await server.request("OPTIONS", PATH, { headers: { origin: FRIEND } });
  assert.equal(status, 204);
  assert.equal(headers["access-control-allow-origin"], FRIEND);
  assert.equal(headers["access-control-allow-methods"], "GET,POST");
  assert.equal(headers["access-control-allow-headers"], "content-type");
  assert.equal(headers["access-control-allow-credentials"], "true");
});

test("should send the Access-Control-Allow-xxx headers on GET request", async (t) => {
  const server = await stage(t, welcoming);
  const { status, headers } = await server.request("GET", PATH, { headers: { origin: FRIEND } });
  assert.equal(status, 200);
  assert.equal(headers["access-control-allow-origin"], FRIEND);
  assert.equal(headers["access-control-allow-credentials"], "true");
});

test("should allow request if custom function in opts.allowRequest returns true", async (t) => {
  const server = await stage(t, { http: { allowRequest: "allow" } });
  assert.equal((await server.request("GET", PATH)).status, 200);
  await server.seen("note", { word: "allowRequest" });
});

test("should disallow request if custom function in opts.allowRequest returns false", async (t) => {
  const server = await stage(t, { http: { allowRequest: "" } });
  assert.equal((await server.request("GET", PATH)).status, 403);
});
