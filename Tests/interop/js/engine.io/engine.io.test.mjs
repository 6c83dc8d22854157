// The behaviours behind engine.io/test/engine.io.js: upgrades that nobody handles.
import net from "node:net";
import { describe, test } from "node:test";
import { assert, stage } from "../stage.mjs";

/** What a client gets that asks for a protocol which this server does not speak, until its connection ends. */
async function upgradesTo(t, protocol, ...later) {
  const server = await stage(t);
  const socket = net.connect(server.port, "127.0.0.1");
  t.after(() => socket.destroy());
  socket.write(`GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`);
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk;
    for (const text of later.splice(0)) socket.write(text);
  });
  // What comes too late may be answered with a reset.
  socket.on("error", () => {});
  await new Promise((resolve) => socket.on("close", resolve));
  return answer;
}

describe("attach()", () => {
  test("should destroy upgrades not handled by engine", async (t) => {
    assert.match(await upgradesTo(t, "IRC/6.9"), /^HTTP\/1\.1 4\d\d /);
  });

  test("should destroy unhandled upgrades with after a timeout", async (t) => {
    // Here without a timeout; what the client says meanwhile does not keep the connection open.
    assert.match(await upgradesTo(t, "IRC/6.9", "foo"), /^HTTP\/1\.1 4\d\d /);
  });
});
