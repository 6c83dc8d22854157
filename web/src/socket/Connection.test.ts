import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock, settled } from "../../test/ManualClock";
import { backoff } from "./backoff";
import { Connection } from "./Connection";
import type { Line, LineEvents } from "./Line";

class FakeLine implements Line {
  opens = 0;
  closes = 0;
  events: LineEvents | undefined;
  requests: { event: string; resolve: (value: unknown) => void; reject: (error: Error) => void }[] = [];

  open(events: LineEvents): void {
    this.opens += 1;
    this.events = events;
  }

  close(): void {
    this.closes += 1;
  }

  request(event: string): Promise<unknown> {
    return new Promise((resolve, reject) => this.requests.push({ event, resolve, reject }));
  }

  hint(): void {}
}

function setUp() {
  const clock = new ManualClock();
  const line = new FakeLine();
  const log: string[] = [];
  const connection = new Connection(
    line,
    clock,
    {
      hello: () => log.push("hello"),
      lost: () => log.push("lost"),
      event: (name) => log.push(name),
      unauthorized: () => log.push("unauthorized"),
    },
    () => 0,
  );
  connection.start();
  const hello = () => {
    line.events?.opened();
    line.events?.event("hello", { v: 1 });
  };
  return { clock, line, log, connection, hello, status: () => connection.status.get() };
}

test("online with hello, not before", () => {
  const { line, log, status, hello } = setUp();
  line.events?.opened();
  line.events?.event("msg", {});
  assert.equal(status().phase, "connecting");
  hello();
  line.events?.event("msg", {});
  assert.deepEqual(log, ["hello", "msg"]);
  assert.deepEqual(status(), { phase: "online", since: undefined, retryAt: undefined });
});

test("comes back after 1 s, 2 s, 4 s ... and begins anew after a hello", async () => {
  const { clock, line, status, hello } = setUp();
  hello();
  for (const [round, delay] of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000].entries()) {
    if (round === 0) line.events?.lost("transport close");
    else line.events?.refused("xhr poll error");
    assert.equal(status().retryAt, clock.now() + delay);
    await clock.turn(delay);
    assert.equal(line.opens, round + 2);
  }
  hello();
  line.events?.lost("ping timeout");
  assert.equal(status().retryAt, clock.now() + 1_000);
});

test("since is the moment of the loss, through all attempts", async () => {
  const { clock, line, status, hello } = setUp();
  hello();
  await clock.turn(60_000);
  const lost = clock.now();
  line.events?.lost("transport close");
  await clock.turn(1_000);
  line.events?.refused("x");
  await clock.turn(500);
  assert.equal(status().since, lost);
});

test("the person does not have to wait for the countdown", () => {
  const { connection, line, hello } = setUp();
  hello();
  connection.retryNow();
  assert.equal(line.opens, 1, "not while online");
  line.events?.lost("transport close");
  connection.retryNow();
  connection.retryNow();
  assert.equal(line.opens, 2);
});

test("a server that lets us in and stays silent is left again", async () => {
  const { clock, line, status } = setUp();
  line.events?.opened();
  await clock.turn(10_000);
  assert.equal(line.closes, 1);
  assert.equal(status().phase, "waiting");
});

test("a hello that was delivered before the opening counts", async () => {
  const { clock, line, status } = setUp();
  line.events?.event("hello", { v: 1 });
  line.events?.opened();
  await clock.turn(60_000);
  assert.equal(status().phase, "online");
  assert.equal(line.closes, 0);
});

test("without a valid session there is no further attempt", async () => {
  const { clock, line, log } = setUp();
  line.events?.refused("unauthorized");
  await clock.turn(120_000);
  assert.equal(line.opens, 1);
  assert.deepEqual(log, ["unauthorized"]);
});

test("a request never rejects: offline, lost on the way, too late, not understood", async () => {
  const { connection, line, hello } = setUp();
  const code = async (answer: Promise<{ ok: boolean }>) => ((await answer) as { code?: string }).code;
  assert.equal(await code(connection.request("sync", {})), "offline");
  assert.equal(line.requests.length, 0);
  hello();
  const late = connection.request("sync", {});
  line.requests[0]?.reject(new Error("operation has timed out"));
  assert.equal(await code(late), "timeout");
  for (const nonsense of [undefined, null, "x", {}, { ok: 1 }]) {
    const answer = connection.request("sync", {});
    line.requests[line.requests.length - 1]?.resolve(nonsense);
    assert.equal(await code(answer), "unavailable");
  }
  const cut = connection.request("sync", {});
  line.events?.lost("transport close");
  line.requests[line.requests.length - 1]?.reject(new Error("socket has been disconnected"));
  assert.equal(await code(cut), "offline");
  await settled();
});

test("backoff stays between its bounds", () => {
  for (
    const [tries, random, expected] of [[0, 0, 1_000], [1, 0, 1_000], [1, 1, 1_500], [3, 0, 4_000], [6, 0, 30_000], [
      1e9,
      1,
      45_000,
    ]] as const
  ) {
    assert.equal(backoff(tries, random), expected);
  }
});
