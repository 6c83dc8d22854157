import assert from "node:assert/strict";
import { test } from "node:test";
import type { Block, Inline } from "./ast";
import { highlight } from "./highlight";
import { plainText } from "./plainText";
import { parseBlocks } from "./parseBlocks";
import { parseInline } from "./parseInline";

/** The tree in few characters: b(...) i(...) s(...) `code` [text>href] @name, p{} q{} ul{} ol3{} pre:lang{}. */
function line(nodes: readonly Inline[]): string {
  return nodes.map((node) => {
    switch (node.kind) {
      case "text":
        return node.text;
      case "code":
        return `\`${node.text}\``;
      case "link":
        return `[${node.text}>${node.href}]`;
      case "mention":
        return `<${node.text}=${node.name}>`;
      default:
        return `${{ strong: "b", em: "i", strike: "s" }[node.kind]}(${line(node.children)})`;
    }
  }).join("");
}

function tree(blocks: readonly Block[]): string {
  return blocks.map((block) => {
    switch (block.kind) {
      case "paragraph":
        return `p{${line(block.children)}}`;
      case "code":
        return `pre:${block.lang}{${block.text}}`;
      case "quote":
        return `q{${tree(block.children)}}`;
      case "list":
        return `${block.ordered ? `ol${block.start}` : "ul"}{${block.items.map(tree).join("|")}}`;
    }
  }).join("");
}

for (
  const [text, expected] of [
    ["plain", "plain"],
    ["**bold** and *it* and _it_ and __bold__ and ~~gone~~", "b(bold) and i(it) and i(it) and b(bold) and s(gone)"],
    ["***both***", "b(i(both))"],
    ["**bold *and it* more**", "b(bold i(and it) more)"],
    ["*a **b** c*", "i(a b(b) c)"],
    ["2 * 3 * 4, a * b*, **", "2 * 3 * 4, a * b*, **"],
    ["snake_case_name and __init__.py", "snake_case_name and b(init).py"],
    ["a*b*c", "ai(b)c"],
    ["*unclosed **here", "*unclosed **here"],
    ["**a*", "*i(a)"],
    ["`*code*` *`x`*", "`*code*` i(`x`)"],
    ["``a ` b`` `open", "`a ` b` `open"],
    ["\\*not\\* \\`neither\\`", "*not* `neither`"],
    ["¯\\_(ツ)_/¯", "¯\\_(ツ)_/¯"],
    [
      "https://a.example/x_y_z and *https://a.example/*",
      "[https://a.example/x_y_z>https://a.example/x_y_z] and i([https://a.example/>https://a.example/])",
    ],
    ["[the page](https://a.example/b)", "[the page>https://a.example/b]"],
    ["[x](javascript:alert(1))", "[x](javascript:alert(1))"],
    ["[bank.example](https://evil.example/)", "[bank.example]([https://evil.example/>https://evil.example/])"],
    ["[a.example](https://a.example/long/way)", "[a.example>https://a.example/long/way]"],
    ["[x](https://u:p@evil.example/)", "[x](https://u:p@evil.example/)"],
    ["@Ada.L, hello @bob. mail@example.org", "<@Ada.L=ada.l>, hello <@bob=bob>. mail@example.org"],
    ["**@ada** `@ada`", "b(<@ada=ada>) `@ada`"],
    ["a \ufffc b `c` \ufffc", "a \ufffc b `c` \ufffc"],
    ["<b>html</b> &amp; <script>", "<b>html</b> &amp; <script>"],
    ["**ü** *日本* ~~🎉~~", "b(ü) i(日本) s(🎉)"],
    ["~~a~~~", "s(a~)"],
  ] as const
) {
  test(`inline: ${text}`, () => assert.equal(line(parseInline(text)), expected));
}

for (
  const [text, expected] of [
    ["a\nb\n\nc", "p{a\nb}p{c}"],
    ["```ts\nlet a = `1`\n```\nafter", "pre:ts{let a = `1`}p{after}"],
    ["```\nunclosed\n", "pre:{unclosed\n}"],
    ["before\n```\nx\n```", "p{before}pre:{x}"],
    ["> said\n> more\nanswer", "q{p{said\nmore}}p{answer}"],
    [">> deep\n> less", "q{q{p{deep}}p{less}}"],
    ["- one\n- two\n  - inner\n- three", "ul{p{one}|p{two}ul{p{inner}}|p{three}}"],
    ["3. three\n4) four", "ol3{p{three}|p{four}}"],
    ["intro:\n- a\nend", "p{intro:}ul{p{a}}p{end}"],
    ["-5 degrees\n*loud*\n1.5 litres", "p{-5 degrees\ni(loud)\n1.5 litres}"],
    ["  \n\n", ""],
    ["# no heading", "p{# no heading}"],
    ["a\r\nb\rc", "p{a\nb\nc}"],
  ] as const
) {
  test(`blocks: ${JSON.stringify(text)}`, () => assert.equal(tree(parseBlocks(text)), expected));
}

test("texts made to be slow are read in a moment", () => {
  const started = performance.now();
  for (
    const part of [
      "*",
      "**",
      "_ ",
      "*a ",
      "**a",
      "~~a ",
      "`",
      "`a``",
      "[",
      "[a](",
      "> ",
      "- ",
      "@a",
      "a_",
      "*_~`",
      "***a** ",
    ]
  ) {
    parseBlocks(part.repeat(Math.ceil(20_000 / part.length)));
  }
  assert.ok(performance.now() - started < 2_000, `${performance.now() - started} ms`);
});

test("depth has an end", () => {
  const deep = tree(parseBlocks(">".repeat(50) + " a"));
  assert.equal((deep.match(/q\{/g) ?? []).length, 4);
});

test("highlighting loses nothing, whatever the language says", () => {
  const text =
    `// c\nlet a: String = "x \\" y" + 'z' // é\nif (a) { return 0x1F + 12.5 }\n\`t\${1}\` # h\n<!-- m -->\n-- s\n+a\n-b`;
  for (
    const language of [
      "ts",
      "python",
      "swift",
      "go",
      "rs",
      "c++",
      "sh",
      "sql",
      "json",
      "css",
      "html",
      "diff",
      "",
      "constructor",
    ]
  ) {
    assert.equal(highlight(text, language).map((piece) => piece.text).join(""), text, language);
  }
  const kinds = highlight(text, "swift").filter(({ kind }) => kind !== "").map(({ kind, text: piece }) =>
    `${kind} ${piece}`
  );
  assert.deepEqual(kinds.slice(0, 4), ["comment // c", "keyword let", "type String", 'string "x \\" y"']);
});

test("a message on one line has its words without the marks", () => {
  assert.equal(
    plainText("**Before** _Friday_\n\n- [the draft](https://example.org)\n- `code`"),
    "Before Friday • the draft • code",
  );
  assert.equal(plainText("> quoted\n\n```js\nlet a = 1;\n```"), "quoted let a = 1;");
  assert.equal(plainText("2 * 3 * 4 and snake_case_name"), "2 * 3 * 4 and snake_case_name");
  assert.equal(plainText("<b>not bold</b>"), "<b>not bold</b>");
});
