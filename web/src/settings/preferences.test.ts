import assert from "node:assert/strict";
import { test } from "node:test";
import { followAccountPreferences, lookOf, preferences, preferencesOf } from "./preferences";

const usual = preferencesOf(undefined);

test("only what is understood is taken from what was stored", () => {
  for (
    const value of [undefined, null, 3, "x", [], { density: "dense", layout: "round", text: 4, sound: "yes", other: 1 }]
  ) {
    assert.deepEqual(preferencesOf(value), usual);
  }
  assert.deepEqual(preferencesOf({ density: "compact", layout: "flat", text: "huge", look: "<b>", sound: false }), {
    ...usual,
    density: "compact",
    layout: "flat",
    text: "huge",
    sound: false,
  });
});

test("what is not named stays as it was", () => {
  const compact = { ...usual, density: "compact" as const };
  assert.deepEqual(preferencesOf({ text: "large" }, compact), { ...compact, text: "large" });
});

test("the look follows the account to a device without a choice of its own, notices do not", () => {
  const before = preferences.get();
  followAccountPreferences({
    look: { density: "compact", layout: "flat", text: "large", sound: false, desktop: true },
  });
  assert.deepEqual(preferences.get(), { ...before, density: "compact", layout: "flat", text: "large" });
  assert.deepEqual(lookOf(preferences.get()), { density: "compact", layout: "flat", text: "large" });
  preferences.set(before);
});
