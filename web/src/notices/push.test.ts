import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOf } from "./push";

test("the server's key is read as base64url, with and without padding", () => {
  assert.deepEqual([...bytesOf("-_8")], [0xfb, 0xff]);
  assert.deepEqual([...bytesOf("-_8=")], [0xfb, 0xff]);
  assert.deepEqual([...bytesOf("AAEC")], [0, 1, 2]);
  assert.equal(
    bytesOf("BEl62iUYgUivxIkv69yViEuiBIa-Ib9-SkvMeAtA3LFgDzkrxZJjSgSnfckjBJuBkr3qBUYIHBQFLXYp5Nksh8U").length,
    65,
  );
});
