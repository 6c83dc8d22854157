import assert from "node:assert/strict";
import { test } from "node:test";
import { conv } from "../../test/samples";
import { FakeTransport, refusal } from "../../test/FakeTransport";
import type { Chat } from "../app/Chat";
import type { Conv } from "../socket/wire";
import { settled } from "../../test/ManualClock";
import { Arrangement } from "./Arrangement";

function setUp() {
  const transport = new FakeTransport();
  const said: string[] = [];
  let now: Conv = conv();
  const chat = { describe: (_: string, news: Partial<Conv>) => (now = { ...now, ...news }) } as unknown as Chat;
  return { transport, said, now: () => now, arrangement: new Arrangement(chat, transport, (text) => said.push(text)) };
}

test("applied at once and kept when the server agrees", async () => {
  const { transport, said, now, arrangement } = setUp();
  void arrangement.pin(now(), true);
  assert.equal(now().pinned, true);
  transport.last("conv.pin").answer({ ok: true });
  await settled();
  assert.equal(now().pinned, true);
  assert.deepEqual(transport.last("conv.pin").payload, { c: "cnv_a", on: true });
  assert.deepEqual(said, []);
});

test("taken back, and said, when it does not", async () => {
  const { transport, said, now, arrangement } = setUp();
  void arrangement.level(now(), "none");
  assert.equal(now().notify, "none");
  transport.last("notify").answer(refusal("offline", true));
  await settled();
  assert.equal(now().notify, "all");
  assert.deepEqual(said, ["There is no connection."]);
});
