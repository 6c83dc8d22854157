// The admin UI's side of its protocol, as @socket.io/admin-ui 0.5 plays it: every message's form is looked at.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { connect, happens, open, startServer } from "./harness.mjs";

const NAMESPACE = "/admin-ui";
const CREDENTIALS = { username: "admin", password: "secret" };

let server;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

/** The next `event` whose arguments satisfy `wanted`. */
async function eventually(socket, event, wanted) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`"${event}" did not happen`)), 20_000);
    const listener = (...args) => {
      if (!wanted(...args)) return;
      clearTimeout(timer);
      socket.off(event, listener);
      resolve(args);
    };
    socket.on(event, listener);
  });
}

/** An admin who has signed in, with what came right after. */
async function signIn(t, auth = CREDENTIALS, namespace = NAMESPACE) {
  const admin = open(t, server, { namespace, auth });
  const config = happens(admin, "config");
  const sockets = namespace === NAMESPACE ? happens(admin, "all_sockets") : Promise.resolve([]);
  const stats = happens(admin, "server_stats");
  const session = auth.username ? happens(admin, "session") : Promise.resolve([]);
  await happens(admin, "connect");
  const [[sessionId], [settings], [all], [sums]] = await Promise.all([session, config, sockets, stats]);
  return { admin, sessionId, settings, all, sums };
}

const isDate = (text) => assert.equal(new Date(text).toISOString(), text);

describe("signing in", () => {
  test("wrong credentials are refused in the UI's words", async (t) => {
    for (const auth of [{}, { username: "admin", password: "no" }, { sessionId: "0123456789abcdef" }]) {
      const admin = open(t, server, { namespace: NAMESPACE, auth });
      const [error] = await happens(admin, "connect_error");
      assert.equal(error.message, "invalid credentials");
    }
  });

  test("a session lets in again", async (t) => {
    const { sessionId } = await signIn(t);
    assert.match(sessionId, /^[0-9a-f]+$/);
    const { settings } = await signIn(t, { sessionId });
    assert.ok(settings.supportedFeatures.length > 0);
  });
});

describe("telling", () => {
  test("config, server_stats and all_sockets have the UI's form", async (t) => {
    const client = await connect(t, server, { travel: "polling", query: { a: "b" } });
    const { settings, all, sums } = await signIn(t);
    assert.deepEqual(settings.supportedFeatures, [
      "EMIT", "JOIN", "LEAVE", "DISCONNECT", "MJOIN", "MLEAVE", "MDISCONNECT", "AGGREGATED_EVENTS", "ALL_EVENTS",
    ]);
    assert.equal(sums.serverId, "interop");
    for (const key of ["hostname"]) assert.equal(typeof sums[key], "string");
    for (const key of ["pid", "uptime", "clientsCount", "pollingClientsCount"]) assert.equal(typeof sums[key], "number");
    assert.ok(sums.clientsCount >= 2 && sums.pollingClientsCount >= 1);
    assert.ok(sums.namespaces.some(({ name, socketsCount }) => name === "/" && socketsCount >= 1));

    const seen = all.find(({ id }) => id === client.id);
    assert.equal(seen.nsp, "/");
    assert.equal(seen.transport, "polling");
    assert.equal(seen.clientId.length, 12);
    assert.notEqual(seen.clientId, client.io.engine.id.slice(0, 12));
    assert.deepEqual(seen.rooms, [client.id]);
    assert.equal(typeof seen.data, "object");
    assert.equal(seen.handshake.query.a, "b");
    assert.equal(typeof seen.handshake.address, "string");
    assert.equal(typeof seen.handshake.issued, "number");
    assert.ok(Math.abs(Date.now() - seen.handshake.issued) < 60_000);
    assert.equal(seen.handshake.secure, false);
    assert.equal(seen.handshake.xdomain, false);
    assert.ok(seen.handshake.url.startsWith("/socket.io/?"));
  });

  test("aggregated events come with the sums", async (t) => {
    const { admin } = await signIn(t);
    const client = await connect(t, server);
    client.disconnect();
    const types = new Set();
    const wanted = ["rawConnection", "packetsIn", "packetsOut", "bytesIn", "bytesOut", "rawDisconnection"];
    await eventually(admin, "server_stats", ({ aggregatedEvents }) => {
      for (const { timestamp, type, count } of aggregatedEvents) {
        assert.equal(timestamp % 1_000, 0);
        assert.ok(count > 0);
        types.add(type);
      }
      return wanted.every((type) => types.has(type));
    });
  });

  test("a socket's life, its rooms and its events", async (t) => {
    const { admin } = await signIn(t);
    const connected = eventually(admin, "socket_connected", ({ nsp }) => nsp === "/");
    const client = await connect(t, server, { travel: "upgrade" });
    const { id } = client;
    const [socket, date] = await connected;
    assert.equal(socket.id, id);
    isDate(date);

    const received = eventually(admin, "event_received", (nsp, who) => who === id);
    const sent = eventually(admin, "event_sent", (nsp, who) => who === id);
    client.emit("echo", "x", { y: [1] });
    const [nsp, , args, at] = await received;
    assert.equal(nsp, "/");
    assert.deepEqual(args, ["echo", "x", { y: [1] }]);
    isDate(at);
    assert.deepEqual((await sent)[2], ["echo", "x", { y: [1] }]);

    const binary = eventually(admin, "event_received", (nsp, who, [name]) => who === id && name === "echo");
    client.emit("echo", Buffer.from([1, 2, 3]));
    assert.deepEqual([...new Uint8Array((await binary)[2][1])], [1, 2, 3]);

    const gone = eventually(admin, "socket_disconnected", (nsp, who) => who === id);
    const left = eventually(admin, "room_left", (nsp, room, who) => who === id);
    client.disconnect();
    assert.equal((await gone)[2], "client namespace disconnect");
    assert.deepEqual((await left).slice(0, 3), ["/", id, id]);
  });

  test("a socket that moved to WebSocket is told", async (t) => {
    const { admin } = await signIn(t);
    const moves = [];
    admin.on("socket_updated", (update) => moves.push(update));
    const client = await connect(t, server, { travel: "upgrade" });
    while (!moves.some(({ id }) => id === client.id)) await happens(admin, "socket_updated");
    assert.deepEqual(moves.find(({ id }) => id === client.id), { id: client.id, nsp: "/", transport: "websocket" });
  });
});

describe("orders", () => {
  test("emit, join, leave, _disconnect", async (t) => {
    const { admin } = await signIn(t);
    const client = await connect(t, server);
    const joined = eventually(admin, "room_joined", (nsp, room, who) => room === "vip" && who === client.id);
    admin.emit("join", "/", "vip", client.id);
    isDate((await joined)[3]);
    const hello = happens(client, "hello");
    admin.emit("emit", "/", "vip", "hello", 1, { a: "b" });
    assert.deepEqual(await hello, [1, { a: "b" }]);
    const all = happens(client, "to-all");
    admin.emit("emit", "/", undefined, "to-all");
    assert.deepEqual(await all, []);
    const left = eventually(admin, "room_left", (nsp, room, who) => room === "vip" && who === client.id);
    admin.emit("leave", "/", "vip", client.id);
    await left;
    const gone = happens(client, "disconnect");
    admin.emit("_disconnect", "/", false, client.id);
    assert.deepEqual((await gone)[0], "io server disconnect");
  });

  test("read only: two features fewer, and nothing happens", async (t) => {
    const { admin, settings } = await signIn(t, {}, "/admin-ui-read-only");
    assert.deepEqual(settings.supportedFeatures, ["AGGREGATED_EVENTS"]);
    const client = await connect(t, server);
    let heard = false;
    client.on("hello", () => (heard = true));
    admin.emit("emit", "/", undefined, "hello");
    admin.emit("_disconnect", "/", true);
    await happens(admin, "server_stats");
    assert.equal(await client.emitWithAck("echo-ack", 1), 1);
    assert.equal(heard, false);
  });
});
