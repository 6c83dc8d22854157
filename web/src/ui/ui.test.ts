import assert from "node:assert/strict";
import { test } from "node:test";
import { routeOf } from "../app/route";
import { lengthOf, room } from "../composer/length";
import { matches } from "../conversations/matches";
import { isOnlyEmoji } from "../messages/onlyEmoji";
import { errorText } from "../session/errorText";
import { ApiError } from "../session/api";
import { hueOf, initialsOf } from "./initials";
import { dayTitle, listTime } from "./time";

test("initials: first and last word, whole characters, never nothing", () => {
  for (
    const [name, expected] of [
      ["Ada Lovelace", "AL"],
      ["ada", "A"],
      ["Jean-Luc Marie Picard", "JP"],
      ["Émile", "É"],
      ["🎉 Party", "🎉P"],
      ["<img src=x>", "IS"],
      ["", "?"],
      ["...", "?"],
    ] as const
  ) {
    assert.equal(initialsOf(name), expected);
  }
});

test("colours are stable and within bounds", () => {
  assert.equal(hueOf("usr_a"), hueOf("usr_a"));
  for (let i = 0; i < 200; i++) assert.ok(hueOf(`usr_${i}`) >= 0 && hueOf(`usr_${i}`) < 10);
  assert.ok(new Set(Array.from({ length: 200 }, (_, i) => hueOf(`usr_${i}`))).size === 10);
});

test("times in the list, by the calendar and not by hours", () => {
  const now = new Date(2024, 3, 1, 0, 30).getTime(); // the day after the clocks went forward in Berlin
  const at = (...parts: [number, number, number, number, number]) => listTime(new Date(...parts).getTime(), now);
  assert.match(at(2024, 3, 1, 0, 10), /^0?0:10$|^12:10/);
  assert.equal(at(2024, 2, 31, 23, 59), "Yesterday");
  assert.equal(at(2024, 2, 31, 0, 1), "Yesterday");
  assert.equal(at(2024, 2, 27, 12, 0), "Wednesday");
  assert.equal(at(2024, 2, 20, 12, 0), "20 Mar");
  assert.equal(at(2023, 11, 24, 12, 0), "24 Dec 2023");
  assert.equal(dayTitle(now, now), "Today");
  assert.equal(dayTitle(new Date(2024, 2, 20).getTime(), now), "Wednesday 20 March");
});

test("only well-formed paths are routes", () => {
  const id = `cnv_${"a".repeat(26)}`;
  assert.deepEqual(routeOf(`/c/${id}`), { kind: "conversation", c: id });
  assert.deepEqual(routeOf("/join/abc-_9"), { kind: "join", code: "abc-_9" });
  assert.deepEqual(routeOf(`/c/${id}/17`), { kind: "conversation", c: id, seq: 17 });
  assert.deepEqual(routeOf("/reset/x_1"), { kind: "reset", code: "x_1" });
  assert.deepEqual(routeOf("/settings"), { kind: "settings" });
  assert.deepEqual(routeOf("/admin/people"), { kind: "admin", page: "people" });
  assert.deepEqual(routeOf("/search"), { kind: "search" });
  for (const path of [`/c/${id}/0`, `/c/${id}/1/2`, "/settings/../x", "/admin/People", "/searching"]) {
    assert.deepEqual(routeOf(path), { kind: "home" });
  }
  for (const path of ["/", "/c/", "/c/other", `/c/${id}/x`, "/join/", "/join/a b", "/join/../api", "/c/cnv_<script>"]) {
    assert.deepEqual(routeOf(path), { kind: "home" });
  }
});

test("the composer counts characters as the server does, from nine tenths on", () => {
  assert.equal(lengthOf("🎉".repeat(9), 10), 9);
  assert.equal(lengthOf("🎉".repeat(12), 10), 12);
  assert.equal(room(89, 100), undefined);
  assert.equal(room(90, 100), 10);
  assert.equal(room(103, 100), -3);
});

test("search finds beginnings of words, without accents", () => {
  for (
    const [name, q, found] of [
      ["Björn Lindqvist", "bjo", true],
      ["Björn Lindqvist", "lind bj", true],
      ["Design review", "sign", true],
      ["Ada", "b", false],
      ["A.B", ".*", false],
      ["Zoë", "zoe", true],
    ] as const
  ) {
    assert.equal(matches(name, q), found, `${name} / ${q}`);
  }
});

test("one to three emoji are drawn large, nothing else", () => {
  for (const text of ["🎉", "👍🏽", "👩‍👩‍👧", "❤️", "🇩🇪", "🎉 🎉 🎉"]) assert.equal(isOnlyEmoji(text), true, text);
  for (const text of ["", " ", "a", "1", "🎉🎉🎉🎉", "🎉!", "#", "*", "\u200d"]) {
    assert.equal(isOnlyEmoji(text), false, JSON.stringify(text));
  }
});

test("errors are one calm sentence", () => {
  assert.equal(errorText(new ApiError("rate", "x", 61_000)), "Too many attempts. Try again in 61 seconds.");
  assert.equal(errorText(new ApiError("rate", "x", 400)), "Too many attempts. Try again in 1 second.");
  assert.equal(errorText(new ApiError("rate", "x", 200_000)), "Too many attempts. Try again in 4 minutes.");
  assert.equal(errorText(new ApiError("invalid", "password is too common")), "Password is too common.");
  assert.equal(errorText(new TypeError("x is undefined")), "Something went wrong. Try again.");
});
