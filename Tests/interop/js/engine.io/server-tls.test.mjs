// Messages over TLS, by the official client, under the reference's titles: https for polling, wss for WebSockets.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http2 from "node:http2";
import https from "node:https";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";

const folder = mkdtempSync(join(tmpdir(), "tls-"));
after(() => rmSync(folder, { recursive: true }));

const path = (name) => join(folder, name);
const openssl = (...words) => execFileSync("openssl", words, { stdio: "ignore" });

/** Makes NAME.crt and NAME.key, which `issuer` vouches for. */
function certificate(name, extensions, issuer) {
  openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", path(`${name}.key`));
  openssl("req", "-new", "-key", path(`${name}.key`), "-subj", `/CN=${name}`, "-out", path(`${name}.csr`));
  writeFileSync(path("extensions"), extensions);
  const signer = issuer
    ? ["-CA", path(`${issuer}.crt`), "-CAkey", path(`${issuer}.key`), "-CAcreateserial"]
    : ["-signkey", path(`${name}.key`)];
  openssl("x509", "-req", "-in", path(`${name}.csr`), ...signer, "-days", "2", "-extfile", path("extensions"), "-out", path(`${name}.crt`));
}

certificate("root", "basicConstraints=critical,CA:TRUE");
certificate("server", "subjectAltName=DNS:localhost,IP:127.0.0.1", "root");
certificate("client", "extendedKeyUsage=clientAuth", "root");
certificate("stranger", "extendedKeyUsage=clientAuth");

const TRUSTING = { ca: readFileSync(path("root.crt")) };
const KNOWN = { ...TRUSTING, cert: readFileSync(path("client.crt")), key: readFileSync(path("client.key")) };
const STRANGE = { ...TRUSTING, cert: readFileSync(path("stranger.crt")), key: readFileSync(path("stranger.key")) };

// Browsers have these settings outside of their pages; here they stand around the client's own calls.
let tls = TRUSTING;
const require = createRequire(import.meta.url);
const ws = require.resolve("/usr/share/nodejs/ws");
const WebSocket = require(ws);
require.cache[ws].exports = class extends WebSocket {
  constructor(url, protocols) {
    super(url, protocols, tls);
  }
};
const { bytes, connect, happens, open, startServer } = await import("../harness.mjs");
const fetchByHTTP1 = (url, { method, headers, body, signal }) =>
  new Promise((resolve, reject) => {
    const request = https.request(url, { method, headers, signal, ...tls }, async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve(new Response(Buffer.concat(chunks), { status: response.statusCode }));
    });
    request.on("error", reject);
    request.end(body);
  });

globalThis.fetch = fetchByHTTP1;

/** `fetch` over one connection of HTTP/2, as a browser has it. */
function fetchByHTTP2(session) {
  return (url, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const { pathname, search } = new URL(url);
      const request = session.request({ ":method": method, ":path": pathname + search, ...headers }, { signal });
      let status;
      const chunks = [];
      request.on("response", (answer) => (status = answer[":status"]));
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", () => resolve(new Response(Buffer.concat(chunks), { status })));
      request.on("error", reject);
      request.end(body);
    });
}

async function secure(t, settings, ...options) {
  tls = settings;
  const server = await startServer({
    options: ["--tls-cert", path("server.crt"), "--tls-key", path("server.key"), ...options],
  });
  t.after(() => server.stop());
  assert.match(server.url, /^https:/);
  return server;
}

const REQUIRED = ["--tls-client-roots", path("root.crt")];

async function sendsAndReceives(t, server, travel) {
  const socket = await connect(t, server, { travel });
  assert.equal(socket.io.engine.transport.name, travel === "polling" ? "polling" : "websocket");
  const echoed = happens(socket, "echo");
  socket.emit("echo", "hello ü", new Uint8Array([1, 2, 255]));
  const [text, data] = await echoed;
  assert.equal(text, "hello ü");
  assert.deepEqual(bytes(data), [1, 2, 255]);
  assert.deepEqual(await socket.emitWithAck("echo-ack", 5), 5);
}

describe("messages", () => {
  test("should send and receive data with key and cert (polling)", async (t) => {
    await sendsAndReceives(t, await secure(t, KNOWN, ...REQUIRED), "polling");
  });

  test("should send and receive data with ca when not requiring auth (polling)", async (t) => {
    await sendsAndReceives(t, await secure(t, TRUSTING, ...REQUIRED, "--tls-optional-clients"), "polling");
  });

  test("should send and receive data with key and cert (ws)", async (t) => {
    await sendsAndReceives(t, await secure(t, KNOWN, ...REQUIRED), "websocket");
  });
});

describe("over TLS", () => {
  test("a session moves from polling to a WebSocket", async (t) => {
    await sendsAndReceives(t, await secure(t, TRUSTING), "upgrade");
  });

  for (const [what, settings] of Object.entries({ "without a certificate": TRUSTING, "with a stranger's": STRANGE })) {
    for (const travel of ["polling", "websocket"]) {
      test(`a client ${what} is refused where one is required (${travel})`, async (t) => {
        const socket = open(t, await secure(t, settings, ...REQUIRED), { travel });
        await happens(socket, "connect_error");
        assert.equal(socket.connected, false);
      });
    }
  }

  test("a client that does not trust the server's root stays away", async (t) => {
    const socket = open(t, await secure(t, { ca: readFileSync(path("stranger.crt")) }), { travel: "websocket" });
    await happens(socket, "connect_error");
    assert.equal(socket.connected, false);
  });

  for (const travel of ["polling", "upgrade"]) {
    test(`polls over HTTP/2 (${travel})`, async (t) => {
      const server = await secure(t, TRUSTING, "--http2");
      const session = http2.connect(server.url, TRUSTING);
      t.after(() => session.destroy());
      globalThis.fetch = fetchByHTTP2(session);
      t.after(() => (globalThis.fetch = fetchByHTTP1));
      await sendsAndReceives(t, server, travel);
      assert.equal(session.alpnProtocol, "h2");
    });
  }
});
