import assert from "node:assert/strict";
import { test } from "node:test";
import type { Mark } from "../socket/wire";
import type { Tick } from "./ticks";
import { tickOf } from "./ticks";

const cases: [string, readonly Mark[] | null | undefined, Tick][] = [
  ["no marks are kept", undefined, "sent"],
  ["no marks are kept (null)", null, "sent"],
  ["nobody else is there", [], "sent"],
  ["not arrived", [["a", 4, 4]], "sent"],
  ["arrived", [["a", 5, 4]], "delivered"],
  ["read", [["a", 5, 5]], "read"],
  ["read beyond", [["a", 9, 7]], "read"],
  ["read implies delivered", [["a", 0, 5]], "read"],
  ["arrived at one of two", [["a", 5, 0], ["b", 4, 0]], "sent"],
  ["arrived at both, read by one", [["a", 5, 5], ["b", 5, 0]], "delivered"],
  ["read by one, arrived by the other's read mark only", [["a", 0, 5], ["b", 6, 3]], "delivered"],
  ["read by both", [["a", 5, 5], ["b", 8, 8]], "read"],
];
for (const [what, marks, expected] of cases) test(`tick: ${what}`, () => assert.equal(tickOf(5, marks), expected));
