// The behaviours behind socket.io/test/close.ts.
import net from "node:net";
import { describe, test } from "node:test";
import { assert, happens, Polling, stage } from "../stage.mjs";

test("should be able to close sio sending a srv", async (t) => {
  const server = await stage(t);
  const socket = server.client();
  await happens(socket, "connect");
  const gone = happens(socket, "disconnect");
  server.child.kill("SIGTERM");
  await gone;
  await server.exited;
  // The port is free again.
  const next = net.createServer();
  t.after(() => next.close());
  await new Promise((resolve, reject) => {
    next.once("error", reject);
    next.listen(server.port, "127.0.0.1", resolve);
  });
});

describe("protocol violations", () => {
  /** The packets that a client still gets, up to the close packet; then its session is gone. */
  async function closesCleanly(session) {
    const packets = [];
    while (!packets.includes("1")) packets.push(...(await session.poll()).text.split("\x1e"));
    assert.equal(packets.at(-1), "1");
    assert.equal((await session.poll()).status, 400);
    return packets;
  }

  test("should close the connection when receiving several CONNECT packets", async (t) => {
    const server = await stage(t);
    const session = await new Polling(server).open();
    await session.push("40");
    await session.push("40");
    const packets = await closesCleanly(session);
    assert.match(packets[0], /^40\{"sid":"/);
  });

  test("should close the connection when receiving an EVENT packet while not connected", async (t) => {
    const server = await stage(t);
    const session = await new Polling(server).open();
    await session.push('42["some event"]');
    await closesCleanly(session);
    assert.equal((await server.all("event")).length, 0);
  });

  test("should close the connection when receiving an invalid packet", async (t) => {
    const server = await stage(t);
    const session = await new Polling(server).open();
    await session.push("40");
    await session.push("4abc");
    const packets = await closesCleanly(session);
    assert.match(packets[0], /^40\{"sid":"/);
  });
});
