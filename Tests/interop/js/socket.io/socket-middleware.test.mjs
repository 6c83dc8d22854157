// The behaviours behind socket.io/test/socket-middleware.ts.
import { test } from "node:test";
import { assert, settled, stage } from "../stage.mjs";

test("should pass errors", async (t) => {
  const server = await stage(t, {
    namespaces: {
      "/": {
        use: [[{ journal: "first" }, { refuse: { message: "Authentication error" } }], [{ journal: "second" }]],
        on: { join: [{ journal: "handled" }] },
      },
    },
  });
  const socket = await server.connected();
  socket.emit("join", "woot");
  const error = await server.seen("error", { socket: socket.id });
  assert.equal(error.message, "Authentication error");
  assert.deepEqual(server.all("note").map((note) => note.word), ["first"]);
});
