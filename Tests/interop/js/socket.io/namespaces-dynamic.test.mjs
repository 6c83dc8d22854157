// The behaviours behind socket.io/test/namespaces.ts: dynamic namespaces.
import { describe, test } from "node:test";
import { assert, calls, happens, settled, stage } from "../stage.mjs";

const PATTERN = "^/dynamic-\\d+$";
const family = (plan = {}, more = {}) => ({ families: { [PATTERN]: plan }, ...more });
const REFUSING = { middlewares: [[{ refuse: { message: "You shall not pass!" } }]] };
const exists = async (server) => (await server.tell({ namespaces: true })).includes("/dynamic-101");

/** Waits for the namespace to be there, or not: its last socket leaves it after the client knows. */
async function becomes(server, there) {
  for (let asked = 0; asked < 200; asked += 1) if ((await exists(server)) === there) return;
  assert.fail(`the namespace is ${there ? "not" : "still"} there`);
}

test("should emit an 'new_namespace' event", async (t) => {
  const server = await stage(t, { namespaces: { "/nsp": {} } });
  await server.seen("new_namespace", { name: "/nsp" });
});

test("should not clean up a non-dynamic namespace", async (t) => {
  const server = await stage(t, { namespaces: { "/chat": {} }, cleanupEmptyChildNamespaces: true });
  const socket = await server.connected("/chat");
  socket.disconnect();
  await server.seen("disconnect");
  assert.ok((await server.tell({ namespaces: true })).includes("/chat"));
  await server.connected("/chat");
});

describe("dynamic namespaces", () => {
  test("should allow connections to dynamic namespaces with a regex", async (t) => {
    const server = await stage(t, family({ middlewares: [[{ journal: "middleware" }]] }));
    const socket = await server.connected("/dynamic-101");
    assert.equal((await server.seen("connection")).namespace, "/dynamic-101");
    await server.seen("note", { word: "middleware" });
    const hello = happens(socket, "hello");
    await server.tell({ emit: "hello", args: [1, "2", { 3: "4" }] }, { namespace: PATTERN });
    assert.deepEqual(await hello, [1, "2", { 3: "4" }]);
  });

  test("should allow connections to dynamic namespaces with a regex and emit in a room", async (t) => {
    const server = await stage(t, family({ connect: [{ join: ["some-room"] }] }));
    const socket = await server.connected("/dynamic-101");
    const hello = happens(socket, "hello");
    await server.tell({ emit: "hello", args: [4, "3", { 2: "1" }], to: ["some-room"] }, { namespace: PATTERN });
    assert.deepEqual(await hello, [4, "3", { 2: "1" }]);
  });

  test("should allow connections to dynamic namespaces with a function", async (t) => {
    const server = await stage(t, family({ isFunction: true }));
    await server.connected("/dynamic-101");
  });

  test("should disallow connections when no dynamic namespace matches", async (t) => {
    const server = await stage(t, { families: { [PATTERN]: {}, "^/other$": { isFunction: true } } });
    const [error] = await happens(server.client("/abc"), "connect_error");
    assert.equal(error.message, "Invalid namespace");
  });

  test("should emit an 'new_namespace' event for a dynamic namespace", async (t) => {
    const server = await stage(t, family());
    await server.connected("/dynamic-101");
    await server.seen("new_namespace", { name: "/dynamic-101" });
  });

  test("should handle race conditions with dynamic namespaces (#4136)", async (t) => {
    const server = await stage(t, family({ middlewares: [[{ takes: 50 }]] }));
    const sockets = await Promise.all([1, 2].map(() => server.connected("/dynamic-101")));
    const messages = sockets.map((socket) => calls(socket, "message"));
    await server.tell({ emit: "message" }, { namespace: PATTERN });
    await settled(...sockets);
    assert.deepEqual(messages, [[[]], [[]]]);
    assert.equal((await server.all("new_namespace", { name: "/dynamic-101" })).length, 1);
  });

  test("should clean up namespace when cleanupEmptyChildNamespaces is on and there are no more sockets in a namespace", async (t) => {
    const server = await stage(t, family({}, { cleanupEmptyChildNamespaces: true }));
    const socket = await server.connected("/dynamic-101");
    assert.ok(await exists(server));
    socket.disconnect();
    await becomes(server, false);
  });

  test("should allow a client to connect to a cleaned up namespace", async (t) => {
    const server = await stage(t, family({}, { cleanupEmptyChildNamespaces: true }));
    const socket = await server.connected("/dynamic-101");
    socket.disconnect();
    await becomes(server, false);
    await settled(await server.connected("/dynamic-101"));
  });

  test("should not clean up namespace when cleanupEmptyChildNamespaces is off and there are no more sockets in a namespace", async (t) => {
    const server = await stage(t, family());
    const socket = await server.connected("/dynamic-101");
    socket.disconnect();
    await server.seen("disconnect");
    assert.ok(await exists(server));
  });

  test("should clean up namespace when cleanupEmptyChildNamespaces is ON and client is rejected in middleware", async (t) => {
    const server = await stage(t, family(REFUSING, { cleanupEmptyChildNamespaces: true }));
    await happens(server.client("/dynamic-101"), "connect_error");
    await becomes(server, false);
  });

  test("should attach a child namespace to its parent upon manual creation", async (t) => {
    const server = await stage(t, family({ connect: [{ journal: "by the family" }] }));
    assert.equal(await server.tell({ child: "/dynamic-101" }, { namespace: PATTERN }), "/dynamic-101");
    await server.connected("/dynamic-101");
    await server.seen("note", { word: "by the family" });
  });
});
