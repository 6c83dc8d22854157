import assert from "node:assert/strict";
import { test } from "node:test";
import { conv, msg } from "../../test/samples";
import { calls } from "./notify";

const now = 1_000_000;
const away = { c: undefined };
const me = "usr_me";

test("a message of somebody else calls, unless it is in front of my eyes", () => {
  assert.equal(calls(msg(3), conv(), me, away, now), true);
  assert.equal(calls(msg(3), conv(), me, { c: "cnv_other" }, now), true);
  assert.equal(calls(msg(3), conv(), me, { c: "cnv_a" }, now), false);
});

test("what is mine, of the system, deleted or read elsewhere does not", () => {
  assert.equal(calls(msg(3, { from: me }), conv(), me, away, now), false);
  assert.equal(calls(msg(3, { kind: "system" }), conv(), me, away, now), false);
  assert.equal(calls(msg(3, { del: true }), conv(), me, away, now), false);
  assert.equal(calls(msg(3), conv({ read: 3 }), me, away, now), false);
});

test("the level of the conversation and a mute decide", () => {
  const toMe = msg(3, { mentions: [me] });
  const toAll = msg(3, { all: true });
  for (const given of [{ notify: "mentions" }, { muted: now + 1 }] as const) {
    assert.equal(calls(msg(3), conv(given), me, away, now), false);
    assert.equal(calls(toMe, conv(given), me, away, now), true);
    assert.equal(calls(toAll, conv(given), me, away, now), true);
  }
  assert.equal(calls(toMe, conv({ notify: "none" }), me, away, now), false);
  assert.equal(calls(msg(3), conv({ muted: now }), me, away, now), true);
});
