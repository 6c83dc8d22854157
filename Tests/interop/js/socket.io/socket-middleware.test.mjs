// The behaviours behind socket.io/test/socket-middleware.ts. Other than there, a middleware cannot rename an event.
import { test } from "node:test";
import { assert, settled, stage } from "../stage.mjs";

test("should call functions", async (t) => {
  const server = await stage(t, {
    namespaces: { "/": { use: [[{ journal: "first" }], [{ journal: "second" }]], on: { join: [{ journal: "handled" }] } } },
  });
  const socket = await server.connected();
  socket.emit("join", "woot");
  await server.seen("note", { word: "handled" });
  const notes = await server.all("note");
  assert.deepEqual(notes.map((note) => note.word), ["first", "second", "handled"]);
  for (const note of notes) assert.deepEqual(note.args, ["woot"]);
});

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
  assert.deepEqual((await server.all("note")).map((note) => note.word), ["first"]);
});
