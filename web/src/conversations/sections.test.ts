import assert from "node:assert/strict";
import { test } from "node:test";
import { conv } from "../../test/samples";
import { callsMe, neighbour, sectionsOf } from "./sections";

const now = 1_000_000;
const ids = (list: readonly { id: string; convs: readonly { c: string }[] }[]) =>
  list.map(({ id, convs }) => `${id}: ${convs.map(({ c }) => c).join(" ")}`);

test("every conversation stands in one section, in the order of the list", () => {
  const list = [
    conv({ c: "a", kind: "direct", unread: 2 }),
    conv({ c: "b", kind: "public", pinned: true }),
    conv({ c: "c", kind: "public" }),
    conv({ c: "d", kind: "group" }),
    conv({ c: "e", kind: "self" }),
    conv({ c: "f", kind: "private", archived: true, unread: 3 }),
    conv({ c: "g", kind: "private", unread: 1, pinned: true }),
    conv({ c: "h", kind: "direct", hidden: true }),
  ];
  assert.deepEqual(ids(sectionsOf(list, undefined, undefined, now)), [
    "unread: a g",
    "pinned: b",
    "direct: d e",
    "rooms: c",
    "archived: f",
  ]);
});

test("the open conversation stays in its section and is shown though hidden", () => {
  const list = [conv({ c: "a", unread: 0 }), conv({ c: "b", hidden: true })];
  assert.deepEqual(ids(sectionsOf(list, "a", "unread", now)), ["unread: a"]);
  assert.deepEqual(ids(sectionsOf(list, "b", undefined, now)), ["direct: a b"]);
});

test("what may call me", () => {
  const cases = [
    [{ unread: 1 }, true],
    [{ unread: 0 }, false],
    [{ unread: 5, notify: "mentions" }, false],
    [{ unread: 5, notify: "mentions", mentions: 1 }, true],
    [{ unread: 5, notify: "none", mentions: 1 }, false],
    [{ unread: 5, muted: now + 1 }, false],
    [{ unread: 5, muted: now + 1, mentions: 1 }, true],
    [{ unread: 5, muted: now }, true],
  ] as const;
  for (const [given, expected] of cases) assert.equal(callsMe(conv(given), now), expected, JSON.stringify(given));
});

test("the next conversation, and the next one that calls me", () => {
  const sections = sectionsOf(
    [conv({ c: "a" }), conv({ c: "b" }), conv({ c: "r", kind: "public", unread: 1 })],
    "a",
    undefined,
    now,
  );
  assert.deepEqual(ids(sections), ["unread: r", "direct: a b"]);
  assert.equal(neighbour(sections, "a", 1, false, now), "b");
  assert.equal(neighbour(sections, "a", -1, false, now), "r");
  assert.equal(neighbour(sections, "b", 1, false, now), undefined);
  assert.equal(neighbour(sections, "b", -1, true, now), "r");
  assert.equal(neighbour(sections, undefined, 1, false, now), "r");
  assert.equal(neighbour(sections, undefined, -1, false, now), "b");
});
