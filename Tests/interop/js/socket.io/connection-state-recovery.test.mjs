// The behaviours behind socket.io/test/connection-state-recovery.ts.
import { test } from "node:test";
import { assert, Polling, stage } from "../stage.mjs";

test("should be disabled by default", async (t) => {
  const session = await new Polling(await stage(t)).open();
  await session.push("40");
  const handshake = JSON.parse((await session.poll()).text.slice(2));
  assert.match(handshake.sid, /^[\w-]{20}$/);
  assert.deepEqual(Object.keys(handshake), ["sid"]);
});
