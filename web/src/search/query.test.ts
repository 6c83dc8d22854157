import assert from "node:assert/strict";
import { test } from "node:test";
import { piecesOf, queryOf } from "./query";

test("words and filters become one line", () => {
  assert.equal(queryOf("  blue tick ", {}), "blue tick");
  assert.equal(
    queryOf("tick", {
      from: "ada",
      in: "Design review",
      before: "2026-11-25",
      after: "2026-11-01",
      has: "link",
      pinned: true,
    }),
    'tick from:ada in:"Design review" before:2026-11-25 after:2026-11-01 has:link is:pinned',
  );
  assert.equal(queryOf("", { in: 'a "b c' }), 'in:"a b c"');
});

const shown = (body: string, marks?: [number, number][]) =>
  piecesOf(body, marks).map(({ text, marked }) => (marked ? `[${text}]` : text)).join("");

test("the words that were found are marked", () => {
  assert.equal(shown("the empty list", [[4, 5]]), "the [empty] list");
  assert.equal(shown("ab", [[0, 1], [1, 1]]), "[a][b]");
  assert.equal(shown("nothing"), "nothing");
});

test("places outside of the text, or over each other, are left out", () => {
  assert.equal(shown("abc", [[2, 5], [-1, 2], [1, 0], [0.5, 1]]), "abc");
  assert.equal(shown("abcdef", [[0, 3], [2, 2], [4, 1]]), "[abc]d[e]f");
});

test("a long message is cut around what was found", () => {
  const body = `${"x".repeat(300)}needle${"y".repeat(300)}`;
  const text = shown(body, [[300, 6]]);
  assert.ok(text.startsWith("…x") && text.includes("[needle]") && text.endsWith("y…"));
  assert.ok(text.length < 260);
});
