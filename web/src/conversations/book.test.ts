import assert from "node:assert/strict";
import { test } from "node:test";
import { conv, me, msg, msgs } from "../../test/samples";
import type { OutboxItem } from "../messages/Outbox";
import {
  byActivity,
  merged,
  withChanges,
  withMark,
  withMessage,
  withPending,
  withRead,
  withTrim,
  withUnreadFrom,
} from "./book";

test("counts each message once, in order, and only other people's words", () => {
  let now = conv({ seq: 3, unread: 1, read: 2 });
  now = withMessage(now, msg(4), me.u);
  assert.deepEqual([now.seq, now.unread, now.last?.body], [4, 2, "m4"]);
  assert.equal(withMessage(now, msg(4), me.u), now);
  assert.equal(withMessage(now, msg(6), me.u), now);
  now = withMessage(now, msg(5, { kind: "system" }), me.u);
  assert.deepEqual([now.seq, now.unread], [5, 2]);
});

test("writing is reading: my own message moves my marker, as the server does", () => {
  const now = withMessage(conv({ seq: 3, unread: 2, mentions: 1, read: 1, got: 2 }), msg(4, { from: me.u }), me.u);
  assert.deepEqual([now.seq, now.read, now.got, now.unread, now.mentions], [4, 4, 4, 0, 0]);
});

test("mentions are counted, and read like the rest", () => {
  let now = conv({ seq: 0 });
  now = withMessage(now, msg(1, { mentions: [me.u] }), me.u);
  now = withMessage(now, msg(2, { all: true }), me.u);
  now = withMessage(now, msg(3, { mentions: ["usr_bob"] }), me.u);
  assert.deepEqual([now.unread, now.mentions], [3, 2]);
  const list = [msg(1, { mentions: [me.u] }), msg(2, { all: true }), msg(3)];
  const window = { msgs: list, first: true, last: true, rev: 0 };
  assert.equal(withRead(now, 1, window, me.u).mentions, 1);
  assert.equal(withRead(now, 3, undefined, me.u).mentions, 0);
});

test("the marker goes back by hand, and only the newest hand counts", () => {
  const window = { msgs: msgs(1, 5), first: true, last: true, rev: 0 };
  const here = withUnreadFrom(conv({ seq: 5, read: 5 }), 3, window, me.u);
  assert.deepEqual([here.read, here.unread, here.rr], [2, 3, 1]);
  assert.equal(merged(here, conv({ seq: 5, read: 5 })).read, 2, "an older description");
  assert.equal(merged(conv({ seq: 5, read: 5 }), conv({ seq: 5, read: 2, unread: 3, rr: 1 })).read, 2);
  const there = withMark(conv({ seq: 5, read: 5 }), { c: "cnv_a", u: me.u, read: 1, unread: 4, rr: 1 }, me.u);
  assert.deepEqual([there.read, there.unread, there.rr], [1, 4, 1]);
  assert.equal(withMark(there, { c: "cnv_a", u: me.u, read: 5, unread: 0, rr: 0 }, me.u).read, 1, "an older hand");
});

test("a change of the newest message changes the list's second line", () => {
  const now = withMessage(conv(), msg(1), me.u);
  const after = withChanges(now, 1, [msg(1, { body: "", del: true, rev: 1 })]);
  assert.deepEqual([after.rev, after.last?.body, after.last?.del], [1, "", true]);
  assert.equal(withChanges(after, 1, [msg(1)]), after);
});

test("an own message that comes late does not move my marker back", () => {
  const now = withMessage(conv({ seq: 3, read: 5, got: 5, unread: 0 }), msg(4, { from: me.u }), me.u);
  assert.deepEqual([now.seq, now.read, now.got, now.unread], [4, 5, 5, 0]);
});

test("who writes has read what came before", () => {
  const now = conv({ seq: 3, read: 3, unread: 0, marks: [["a", 3, 1], ["b", 2, 2]] });
  assert.deepEqual(withMessage(now, msg(4, { from: "a" }), me.u).marks, [["a", 4, 4], ["b", 2, 2]]);
  assert.deepEqual(withMessage(now, msg(4, { from: "a", kind: "system" }), me.u).marks, now.marks);
});

test("reading moves forward only and counts what is left", () => {
  const now = conv({ seq: 6, unread: 4, read: 2 });
  const window = { msgs: [...msgs(1, 4), msg(5, { from: me.u }), msg(6)], first: true, last: true, rev: 0 };
  assert.deepEqual(withRead(now, 4, window, me.u).unread, 1);
  assert.deepEqual(withRead(now, 6, window, me.u).unread, 0);
  assert.deepEqual(withRead(now, 99, undefined, me.u).read, 6, "not beyond the newest message");
  assert.equal(withRead(now, 1, window, me.u), now);
  assert.equal(withRead(now, 5, undefined, me.u).unread, 1, "without the messages: at most what is above");
});

test("what is known to be newer does not move back", () => {
  const local = conv({ seq: 9, read: 9, got: 9, unread: 0, marks: [["a", 9, 4]] });
  const late = merged(
    local,
    conv({ seq: 7, read: 5, got: 6, unread: 2, name: "New name", marks: [["a", 8, 6], ["b", 0, 0]] }),
  );
  assert.deepEqual([late.seq, late.read, late.got, late.unread, late.name], [9, 9, 9, 0, "New name"]);
  assert.deepEqual(late.marks, [["a", 9, 6], ["b", 0, 0]]);
});

test("a newer description wins; a read marker that the server has not heard of is taken into account", () => {
  assert.equal(merged(conv({ seq: 5, read: 3, unread: 2 }), conv({ seq: 8, read: 3, unread: 5 })).unread, 5);
  assert.equal(merged(conv({ seq: 8, read: 8, unread: 0 }), conv({ seq: 8, read: 3, unread: 5 })).unread, 0);
  assert.equal(merged(conv({ seq: 8, read: 6, unread: 2 }), conv({ seq: 8, read: 3, unread: 5 })).unread, 2);
  assert.equal(merged(conv({ seq: 8, read: 7, unread: 1 }), conv({ seq: 10, read: 3, unread: 6 })).unread, 3);
});

test("marks of members who left disappear", () => {
  const now = merged(conv({ marks: [["a", 1, 1], ["b", 1, 1]] }), conv({ marks: [["b", 1, 1]] }));
  assert.deepEqual(now.marks, [["b", 1, 1]]);
});

test("my own marker from another device brings its count; others' only move up", () => {
  const now = conv({ seq: 5, read: 2, unread: 3, marks: [["a", 3, 1]] });
  const mine = withMark(now, { c: now.c, u: me.u, read: 5, unread: 0 }, me.u);
  assert.deepEqual([mine.read, mine.unread], [5, 0]);
  assert.equal(withMark(mine, { c: now.c, u: me.u, read: 2, unread: 3 }, me.u).unread, 0, "an old one changes nothing");
  assert.deepEqual(withMark(now, { c: now.c, u: "a", read: 4 }, me.u).marks, [["a", 3, 4]]);
  assert.deepEqual(withMark(now, { c: now.c, u: "a", got: 2 }, me.u).marks, [["a", 3, 1]]);
  assert.equal(withMark(conv({ marks: null }), { c: now.c, u: "a", read: 4 }, me.u).marks, null);
});

test("newest activity first, new ones on top, then by name", () => {
  const last = (ts: number) => ({ seq: 1, from: "x", name: "X", body: "b", ts });
  const list = [
    conv({ c: "old", last: last(1) }),
    conv({ c: "fresh" }),
    conv({ c: "new", last: last(2), name: "B" }),
    conv({ c: "same", last: last(2), name: "A" }),
  ];
  assert.deepEqual([...list].sort(byActivity).map(({ c }) => c), ["fresh", "same", "new", "old"]);
});

test("what I have just written is the newest message of the list, until it is, or failed", () => {
  const item: OutboxItem = { cid: "1", c: "cnv_a", body: "mine", at: 50, state: "waiting", tries: 0 };
  const last = { seq: 4, from: "x", name: "X", body: "theirs", ts: 90 };
  const convs = new Map([["cnv_a", conv({ seq: 4, last })]]);
  const body = (items: readonly OutboxItem[]) => withPending(convs, items, me).get("cnv_a")?.last?.body;
  assert.equal(body([item]), "mine");
  assert.equal(withPending(convs, [item], me).get("cnv_a")?.last?.ts, 90, "a slow clock does not sort it down");
  assert.equal(body([{ ...item, state: "failed" }]), "theirs");
  assert.equal(body([{ ...item, state: "sent", seq: 4 }]), "theirs");
  assert.equal(body([]), "theirs");
});

test("notes to self have a name of their own", () => {
  assert.equal(merged(undefined, conv({ kind: "self", name: "Mia" })).name, "Notes to self");
});

test("whoever stood before what is kept stands just before it, and what was unread is at most what is left", () => {
  const before = conv({ seq: 9, read: 2, got: 9, unread: 6, mentions: 2, last: { seq: 9 } as never });
  const now = withTrim(before, 8);
  assert.deepEqual([now.minSeq, now.read, now.got, now.unread, now.mentions, now.seq], [8, 7, 9, 2, 2, 9]);
  assert.equal(now.last?.seq, 9);
  assert.equal(withTrim(now, 8), now);
  assert.equal(withTrim(now, 5), now, "it never goes back");
  const read = withTrim(conv({ seq: 9, read: 9, unread: 0 }), 8);
  assert.deepEqual([read.read, read.unread], [9, 0]);
  const empty = withTrim(before, 10);
  assert.deepEqual([empty.read, empty.unread, empty.mentions, empty.last], [9, 0, 0, null]);
  assert.equal(withTrim(conv({ seq: 3, read: 3 }), 7).seq, 6, "what was never heard of is gone too");
});

test("an older description does not bring back what is gone", () => {
  const here = withTrim(conv({ seq: 9, read: 9 }), 8);
  assert.deepEqual([merged(here, conv({ seq: 9, read: 2 })).minSeq, merged(here, conv({ seq: 9, read: 2 })).read], [
    8,
    9,
  ]);
  assert.equal(merged(conv({ seq: 9 }), conv({ seq: 9, minSeq: 5, read: 4 })).minSeq, 5);
});
