// The behaviours behind engine.io/test/server.js: http compression.
import { describe, test } from "node:test";
import zlib from "node:zlib";
import { assert, Polling, stage } from "../stage.mjs";

const BYTES = [...Array(1024).keys()].map((number) => number % 255);

/** The answer to a poll that takes `bytes` away, and the payload in it. */
async function polled(t, bytes, { plan = {}, step = {}, accept = "gzip, deflate" } = {}) {
  const server = await stage(t, { transports: ["polling"], ...plan });
  const session = await new Polling(server, "/engine.io/").open();
  await server.tellSession(session.sid, { sendBytes: bytes, ...step });
  const { headers, bytes: body } = await session.poll({ "accept-encoding": accept });
  const encoding = headers["content-encoding"];
  const plain = { gzip: zlib.gunzipSync, deflate: zlib.inflateSync, undefined: (same) => same }[encoding](body);
  assert.equal(plain.toString(), `b${Buffer.from(bytes).toString("base64")}`);
  return encoding;
}

describe("http compression", () => {
  test("should compress by default", async (t) => {
    assert.equal(await polled(t, BYTES), "gzip");
  });

  test("should compress using deflate", async (t) => {
    assert.equal(await polled(t, BYTES, { accept: "deflate" }), "deflate");
  });

  test("should set threshold", async (t) => {
    assert.equal(await polled(t, BYTES.slice(0, 10), { plan: { httpCompression: 0 } }), "gzip");
  });

  test("should disable compression", async (t) => {
    assert.equal(await polled(t, BYTES, { plan: { httpCompression: -1 } }), undefined);
  });

  test("should disable compression per message", async (t) => {
    assert.equal(await polled(t, BYTES, { step: { compress: false } }), undefined);
  });

  test("should not compress when the byte size is below threshold", async (t) => {
    assert.equal(await polled(t, BYTES.slice(0, 100)), undefined);
  });
});
