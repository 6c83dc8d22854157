import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { test } from "node:test";
import { newCid } from "./cid";

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const values = (bytes: Uint8Array) => webcrypto.getRandomValues(bytes);

test("with randomUUID", () =>
  assert.match(newCid({ randomUUID: () => webcrypto.randomUUID(), getRandomValues: values }), form));

test("without it, as on a plain http address", () => {
  assert.match(newCid({ getRandomValues: values }), form);
  assert.equal(newCid({ getRandomValues: (bytes) => bytes.fill(0xff) }), "ffffffff-ffff-4fff-bfff-ffffffffffff");
  assert.equal(newCid({ getRandomValues: (bytes) => bytes.fill(0) }), "00000000-0000-4000-8000-000000000000");
});
