// The behaviours behind socket.io/test/server-attachment.ts: the client's bundles.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import { assert, stage } from "../stage.mjs";

const NAMES = ["socket.io", "socket.io.min", "socket.io.esm.min", "socket.io.msgpack.min"];
const vendored = join(dirname(fileURLToPath(import.meta.url)), "../../../../web/vendor/socket.io-client/socket.io.min.js");
let folder;

// The bundle that is at hand under every name: what is served are files, whatever is in them.
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "client-dist-"));
  const bundle = await readFile(vendored, "utf8");
  for (const name of NAMES) {
    await writeFile(join(folder, `${name}.js`), `${bundle}\n// engine.io ${name}\n`);
    await writeFile(join(folder, `${name}.js.map`), JSON.stringify({ version: 3, sources: [`engine.io/${name}`], mappings: "" }));
  }
});
after(() => rm(folder, { recursive: true }));

const serving = (t, more = {}) => stage(t, { clientFolder: folder, ...more });
const get = (server, name, headers = {}) => server.request("GET", `/socket.io/${name}`, { headers });

async function serves(t, name, type, query = "") {
  const { status, headers, text } = await get(await serving(t), name + query);
  assert.equal(status, 200);
  assert.equal(headers["content-type"], type);
  assert.ok(headers.etag);
  assert.equal(headers["x-sourcemap"], undefined);
  assert.equal(text, await readFile(join(folder, name), "utf8"));
}
const SCRIPT = "application/javascript; charset=utf-8";
const MAP = "application/json; charset=utf-8";

describe("http.Server", () => {
  for (const [title, name, type, query] of [
    ["should serve client", "socket.io.js", SCRIPT],
    ["should serve client with query string", "socket.io.js", SCRIPT, "?buster=1764111111"],
    ["should serve source map", "socket.io.js.map", MAP],
    ["should serve client (min)", "socket.io.min.js", SCRIPT],
    ["should serve source map (min)", "socket.io.min.js.map", MAP],
    ["should serve bundle with msgpack parser", "socket.io.msgpack.min.js", SCRIPT],
    ["should serve source map for bundle with msgpack parser", "socket.io.msgpack.min.js.map", MAP],
    ["should serve the ESM bundle", "socket.io.esm.min.js", SCRIPT],
    ["should serve the source map for the ESM bundle", "socket.io.esm.min.js.map", MAP],
  ]) {
    test(title, (t) => serves(t, name, type, query));
  }

  test("should serve client (gzip)", async (t) => {
    const { status, headers, bytes } = await get(await serving(t), "socket.io.js", { "accept-encoding": "gzip,br,deflate" });
    assert.equal(status, 200);
    assert.equal(headers["content-encoding"], "gzip");
    assert.equal(zlib.gunzipSync(bytes).toString(), await readFile(join(folder, "socket.io.js"), "utf8"));
  });

  test("should serve client with necessary CORS headers", async (t) => {
    const server = await serving(t, { origins: ["https://good-origin.com"] });
    const { status, headers } = await get(server, "socket.io.js", { origin: "https://good-origin.com" });
    assert.equal(status, 200);
    assert.equal(headers["access-control-allow-origin"], "https://good-origin.com");
  });

  // Twice, as there: the tag as it came, and in its weak form.
  for (const form of [(tag) => tag, (tag) => `W/${tag.replace(/^W\//, "")}`]) {
    test("should handle 304", async (t) => {
      const server = await serving(t);
      const { headers } = await get(server, "socket.io.js");
      const again = await get(server, "socket.io.js", { "if-none-match": form(headers.etag) });
      assert.equal(again.status, 304);
      assert.equal(again.text, "");
    });
  }

  test("should not serve static files", async (t) => {
    const { status, text } = await get(await stage(t), "socket.io.js");
    assert.ok(status === 400 || status === 404, `status ${status}`);
    assert.doesNotMatch(text, /engine\.io/);
  });
});

describe("static files", () => {
  test("should serve socket.io.js", async (t) => {
    const server = await serving(t);
    const response = await fetch(`${server.url}/socket.io/socket.io.js`);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), SCRIPT);
  });

  test("should not serve unknown files from the Socket.IO path", async (t) => {
    const { status, text } = await get(await serving(t), "socket.io.esm.js");
    assert.ok(status === 400 || status === 404, `status ${status}`);
    assert.doesNotMatch(text, /engine\.io/);
  });

  test("should return 404 for mismatching path", async (t) => {
    const server = await serving(t);
    assert.equal((await server.request("GET", "/abcdefghij/socket.io.js")).status, 404);
  });
});
