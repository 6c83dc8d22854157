import assert from "node:assert/strict";
import { test } from "node:test";
import { c, me, msg } from "../../test/samples";
import type { Msg } from "../socket/wire";
import type { OutboxItem } from "./Outbox";
import type { DayData } from "./rows";
import { daysOf } from "./rows";

const noon = new Date(2024, 4, 3, 12, 0).getTime();
const minute = 60_000;
const conv = { c, marks: null };

function build(msgs: readonly Msg[], outbox: readonly OutboxItem[] = [], newAfter?: number): DayData[] {
  return daysOf({ msgs, first: true, last: true, rev: 0 }, outbox, conv, me, newAfter);
}

/** "[a b]" is a group, "-" the New line, "(x)" a system message, "|" a new day. */
function drawn(days: readonly DayData[]): string {
  const day = ({ rows }: DayData) =>
    rows.map((
      row,
    ) => (row.kind === "new"
      ? "-"
      : row.kind === "system"
      ? `(${row.body})`
      : `${row.head ? "[" : ""}${row.body}${row.tail ? "]" : ""}`)
    ).join(" ");
  return days.map(day).join(" | ");
}

function item(body: string, part: Partial<OutboxItem> = {}): OutboxItem {
  return { cid: `cid-${body}`, c, body, at: noon, state: "waiting", tries: 0, ...part };
}

test("one sender within five minutes is one group", () => {
  const at = (seq: number, minutes: number, from = "usr_ada") =>
    msg(seq, { ts: noon + minutes * minute, from, body: `${seq}` });
  assert.equal(drawn(build([at(1, 0), at(2, 4.9), at(3, 9.8)])), "[1 2 3]");
  assert.equal(drawn(build([at(1, 0), at(2, 5)])), "[1] [2]");
  assert.equal(drawn(build([at(1, 0), at(2, 1, "usr_bob"), at(3, 2)])), "[1] [2] [3]");
});

test("a system message and the New line end a group", () => {
  const msgs = [
    msg(1, { ts: noon, body: "a" }),
    msg(2, { ts: noon, kind: "system", body: "joined" }),
    msg(3, { ts: noon, body: "b" }),
    msg(4, { ts: noon, body: "c" }),
  ];
  assert.equal(drawn(build(msgs)), "[a] (joined) [b c]");
  assert.equal(drawn(build(msgs, [], 3)), "[a] (joined) [b] - [c]");
});

test("midnight by the local clock ends the day and the group", () => {
  const midnight = new Date(2024, 4, 4, 0, 0).getTime();
  const days = build([msg(1, { ts: midnight - 1, body: "a" }), msg(2, { ts: midnight, body: "b" })]);
  assert.equal(drawn(days), "[a] | [b]");
  assert.deepEqual(days.map(({ key }) => key), ["2024-05-03", "2024-05-04"]);
});

test("a clock that ran backwards does not open a day twice", () => {
  const days = build([
    msg(1, { ts: noon }),
    msg(2, { ts: noon + 86_400_000 }),
    msg(3, { ts: noon }),
    msg(4, { ts: noon + 86_400_000 }),
  ]);
  assert.deepEqual(days.map(({ key }) => key), ["2024-05-03", "2024-05-04"]);
  assert.deepEqual(days.map(({ rows }) => rows.length), [1, 3]);
});

test("the New line stands above the first unread message of somebody else, on its day", () => {
  const msgs = [
    msg(1, { ts: noon, body: "a" }),
    msg(2, { ts: noon, from: me.u, body: "mine" }),
    msg(3, { ts: noon + 86_400_000, body: "b" }),
  ];
  assert.equal(drawn(build(msgs, [], 1)), "[a] [mine] | - [b]");
  assert.equal(drawn(build(msgs, [], 3)), "[a] [mine] | [b]");
});

test("what is on its way stands at the end and keeps its key when it arrives", () => {
  const before = build([msg(1, { ts: noon, body: "a" })], [item("x"), item("y", { state: "sending" })]);
  assert.equal(drawn(before), "[a] [x y]");
  const arrived = msg(2, { ts: noon, from: me.u, cid: "cid-x", body: "x" });
  const after = build([msg(1, { ts: noon, body: "a" }), arrived], [
    item("x", { state: "sent", seq: 2 }),
    item("y", { state: "sending" }),
  ]);
  assert.equal(drawn(after), "[a] [x y]");
  const keys = (days: readonly DayData[]) => days.flatMap(({ rows }) => rows.map(({ key }) => key));
  assert.deepEqual(keys(after), keys(before));
});

test("another person's message with my cid is neither mine nor hides mine", () => {
  const foreign = msg(1, { ts: noon, cid: "cid-x", body: "foreign" });
  const rows = build([foreign], [item("x")]).flatMap((day) => day.rows);
  assert.deepEqual(rows.map(({ key }) => key), ["seq-1", "cid-x"]);
});

test("ticks and failures", () => {
  const states = (items: readonly OutboxItem[]) =>
    build([], items).flatMap((day) => day.rows.map((row) => (row.kind === "message" ? [row.tick, row.problem] : [])));
  assert.deepEqual(states([item("a"), item("b", { state: "sending" }), item("c", { state: "sent", seq: 4 })]), [
    ["sending", undefined],
    ["sending", undefined],
    ["sent", undefined],
  ]);
  assert.deepEqual(states([item("d", { state: "failed", problem: { code: "new_rule", message: "No." } })]), [[
    undefined,
    "No.",
  ]]);
});

test("messages of other conversations in the outbox stay out", () => {
  assert.equal(drawn(build([], [item("elsewhere", { c: "cnv_other" })])), "");
});
