import assert from "node:assert/strict";
import { test } from "node:test";
import { preferencesOf } from "./preferences";

const usual = preferencesOf(undefined);

test("only what is understood is taken from what was stored", () => {
  for (const value of [undefined, null, 3, "x", [], { density: "dense", text: 4, sound: "yes", other: 1 }]) {
    assert.deepEqual(preferencesOf(value), usual);
  }
  assert.deepEqual(preferencesOf({ density: "compact", text: "huge", look: "<b>", sound: false }), {
    ...usual,
    density: "compact",
    text: "huge",
    sound: false,
  });
});

test("what is not named stays as it was", () => {
  const compact = { ...usual, density: "compact" as const };
  assert.deepEqual(preferencesOf({ text: "large" }, compact), { ...compact, text: "large" });
});
