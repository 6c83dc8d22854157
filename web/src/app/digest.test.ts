import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "../../test/ManualClock";
import { conv } from "../../test/samples";
import { digestOf } from "./digest";
import { DigestCheck } from "./DigestCheck";

test("the digest is the one of the API's page, computed elsewhere", () => {
  const a = conv({ seq: 3, rev: 1, read: 2 });
  const b = conv({ c: "cnv_b" });
  assert.equal(digestOf([a]), "02c62d403bbe1392");
  assert.equal(digestOf([a, b]), "b458602ec6f9003d");
  assert.equal(digestOf([b, a]), digestOf([a, b]));
  assert.equal(digestOf([]), "0000000000000000");
});

test("one difference is an accident, two in a row are a loss; a state that moves is not judged", async () => {
  const clock = new ManualClock();
  let local = "a";
  const check = new DigestCheck(clock, () => local);
  await clock.turn(2_000);
  assert.deepEqual([check.differs("b"), check.differs("a"), check.differs("b"), check.differs("b")], [
    false,
    false,
    false,
    true,
  ]);
  assert.equal(check.differs("b"), false, "and counted anew");
  local = "c";
  check.look();
  await clock.turn(1_999);
  assert.equal(check.differs("x"), false);
  await clock.turn(1);
  assert.equal(check.differs("x"), true, "the first of the two was before the state moved");
});
