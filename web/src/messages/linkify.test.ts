import assert from "node:assert/strict";
import { test } from "node:test";
import { linkify } from "./linkify";

const links = (text: string) => linkify(text).filter((piece) => piece.kind === "link").map(({ text: shown }) => shown);

const good: [string, string[]][] = [
  ["see https://example.org.", ["https://example.org"]],
  ["(https://example.org/a_(b))", ["https://example.org/a_(b)"]],
  ["https://example.org/?q=1&r=2#x, and http://b.example/!", ["https://example.org/?q=1&r=2#x", "http://b.example/"]],
  ["[https://example.org/x]", ["https://example.org/x"]],
  ["“https://example.org”", ["https://example.org"]],
  ["<https://example.org>", ["https://example.org"]],
  ["HTTPS://EXAMPLE.ORG", ["HTTPS://EXAMPLE.ORG"]],
  ["http://localhost:8080/a", ["http://localhost:8080/a"]],
  ["https://de.wikipedia.org/wiki/Köln", ["https://de.wikipedia.org/wiki/Köln"]],
];
for (const [text, expected] of good) test(`links in: ${text}`, () => assert.deepEqual(links(text), expected));

const hostile = [
  "javascript:alert(1)",
  "jAvAsCrIpT://example.org/%0aalert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x",
  "file:///etc/passwd",
  "https://user@evil.example/",
  "https://bank.example@evil.example/login",
  "https://user:pass@evil.example",
  "https://",
  "http://[",
  "xhttps://example.org",
  "https:example.org",
  "https://%",
];
for (const text of hostile) test(`no link in: ${text}`, () => assert.deepEqual(links(text), []));

test("markup and direction marks end an address", () => {
  assert.deepEqual(links('https://example.org/"onmouseover="alert(1)'), ["https://example.org/"]);
  assert.deepEqual(links("https://example.org/\u202egro.live"), ["https://example.org/"]);
  assert.deepEqual(links("https://example.org/<img src=x onerror=alert(1)>"), ["https://example.org/"]);
});

test("nothing is lost or added: the pieces are the text", () => {
  const texts = [
    ...good.map(([text]) => text),
    ...hostile,
    "",
    "a\n\nb",
    "https://a.example https://b.example",
    "https://x@y https://ok.example z",
  ];
  for (const text of texts) assert.equal(linkify(text).map((piece) => piece.text).join(""), text);
});

test("a hostile text of full length is read in linear time", () => {
  for (
    const text of [
      "https://a/" + ")".repeat(19_990),
      "https://".repeat(2_500),
      "https://a/" + "(".repeat(9_000) + ")".repeat(9_000),
      "http://a.b/?".repeat(1_600),
    ]
  ) {
    const started = performance.now();
    linkify(text);
    assert.ok(performance.now() - started < 500);
  }
});
