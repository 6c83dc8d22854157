import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeTransport, refusal } from "../../test/FakeTransport";
import { ManualClock } from "../../test/ManualClock";
import { Presence } from "./Presence";

function setUp() {
  const transport = new FakeTransport();
  const clock = new ManualClock();
  return { transport, clock, presence: new Presence(transport, clock) };
}

const users = (transport: FakeTransport) =>
  transport.of("watch").map(({ payload }) => (payload["users"] as string[]).join(" "));

test("those on the screen are watched, in one request for a burst", async () => {
  const { transport, clock, presence } = setUp();
  transport.script("watch", ({ users: list }) => ({ ok: true, list: list.map((u) => [u, "on", null] as const) }));
  presence.need("b");
  const end = presence.need("a");
  presence.need("a");
  await clock.turn(300);
  assert.deepEqual(users(transport), ["a b"]);
  assert.deepEqual(presence.store.get().get("a"), { state: "on", lastSeen: null });
  end();
  await clock.turn(300);
  assert.deepEqual(users(transport), ["a b"], "somebody else still shows a");
});

test("who is no longer shown is no longer watched", async () => {
  const { transport, clock, presence } = setUp();
  transport.script("watch", () => ({ ok: true, list: [] }));
  const end = presence.need("a");
  presence.need("b");
  await clock.turn(300);
  end();
  await clock.turn(300);
  assert.deepEqual(users(transport), ["a b", "b"]);
});

test("a new connection is told again, a refusal is not the last word", async () => {
  const { transport, clock, presence } = setUp();
  transport.script("watch", () => refusal("busy", true));
  presence.need("a");
  await clock.turn(300);
  presence.need("a");
  await clock.turn(300);
  presence.online();
  await clock.turn(300);
  assert.deepEqual(users(transport), ["a", "a", "a"]);
});

test("without a connection nobody is said to be there", () => {
  const { presence } = setUp();
  presence.told([["a", "idle", 5]]);
  assert.equal(presence.store.get().size, 1);
  presence.offline();
  assert.equal(presence.store.get().size, 0);
});
