import assert from "node:assert/strict";
import { test } from "node:test";
import { answerFor } from "./answers";
import { pathOf, pushedOf } from "./pushed";

const origin = "https://chat.example";
const shell = new Set(["/index.html", "/assets/main-A.js", "/icon-192.png"]);

function answer(path: string, mode = "cors", method = "GET"): string {
  return answerFor({ method, mode, url: new URL(path, origin).href }, origin, shell);
}

test("screens come from the cache, whatever their path; answers of the server never", () => {
  for (const path of ["/", "/c/cnv_1/5", "/settings/devices", "/join/abc"]) {
    assert.equal(answer(path, "navigate"), "page");
  }
  for (
    const path of ["/api/state", "/files/fil_1", "/files/fil_1/thumb", "/hooks/x", "/metrics", "/health/live", "/x.pdf"]
  ) {
    assert.equal(answer(path, "navigate"), "network", path);
  }
  for (const path of ["/api/state", "/files/fil_1/thumb", "/socket.io/?EIO=4", "/assets/old.js"]) {
    assert.equal(answer(path), "network", path);
  }
  assert.equal(answer("/assets/main-A.js"), "shell");
  assert.equal(answer("/assets/main-A.js", "cors", "POST"), "network");
  assert.equal(answer("https://other.example/assets/main-A.js"), "network");
});

test("a push is a notice that leads into the page, or takes one away", () => {
  assert.deepEqual(pushedOf({ c: "cnv_1", title: "Ada", body: "hi", tag: "cnv_1", url: "/c/cnv_1/7" }), {
    kind: "notice",
    title: "Ada",
    body: "hi",
    tag: "cnv_1",
    path: "/c/cnv_1/7",
  });
  assert.deepEqual(pushedOf({ c: "cnv_1", read: 7, unread: 0 }), { kind: "read", tag: "cnv_1" });
  for (const odd of [undefined, null, 5, "x", [], { title: 5, url: "https://evil.example" }]) {
    assert.deepEqual(pushedOf(odd), { kind: "notice", title: "Parley", body: "", tag: "parley", path: "/" });
  }
  for (const url of ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", ""]) {
    assert.equal(pathOf(url), "/");
  }
});
