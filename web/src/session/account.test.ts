import assert from "node:assert/strict";
import { test } from "node:test";
import { accountProblem, suggestedUsername } from "./account";

for (
  const [name, expected] of [
    ["Ada Lovelace", "ada.lovelace"],
    ["Zoë O'Neil", "zoe.oneil"],
    ["  --  ", ""],
    ["Émile-Jean 3rd", "emile.jean.3rd"],
    ["陳偉", ""],
    ["x".repeat(31) + " y", "x".repeat(31)],
  ] as const
) {
  test(`user name for ${JSON.stringify(name)}`, () => assert.equal(suggestedUsername(name), expected));
}

const good = { name: "Ada", username: "ada", password: "0123456789" };
for (
  const [what, part, problem] of [
    ["good", {}, undefined],
    ["no name", { name: "" }, /Enter your name/],
    ["64 characters beyond the basic plane", { name: "🎉".repeat(64) }, undefined],
    ["65 of them", { name: "🎉".repeat(65) }, /at most 64/],
    ["one letter", { username: "a" }, /2 to 32/],
    ["32 letters", { username: "a".repeat(32) }, undefined],
    ["33 letters", { username: "a".repeat(33) }, /2 to 32/],
    ["begins with a dot", { username: ".ada" }, /begins with/],
    ["upper case", { username: "Ada" }, /a-z/],
    ["9 characters", { password: "012345678" }, /at least 10/],
    ["257 characters", { password: "x".repeat(257) }, /at most 256/],
  ] as const
) {
  test(`account: ${what}`, () => {
    const said = accountProblem({ ...good, ...part });
    if (problem) assert.match(said ?? "", problem);
    else assert.equal(said, undefined);
  });
}
