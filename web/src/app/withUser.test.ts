import assert from "node:assert/strict";
import { test } from "node:test";
import { chatUnderTest } from "../../test/chatUnderTest";
import { c, conv, me } from "../../test/samples";

const bob = { u: "usr_bob", username: "bob", name: "Bob" };

test("a new name of the other one is the new name of the conversation, a new picture their picture", async () => {
  const { chat, hello, state } = chatUnderTest();
  await hello();
  chat.meet(conv({ kind: "direct", name: "Bob", peer: bob }));
  chat.event("user", { user: { ...bob, name: "Robert", avatar: "/files/fil_1" } });
  assert.equal(state().convs.get(c)?.name, "Robert");
  assert.equal(state().convs.get(c)?.peer?.avatar, "/files/fil_1");
  assert.equal(state().people.get("usr_bob")?.name, "Robert");
});

test("a group that is called after its people is called after their new names; one with a name of its own keeps it", async () => {
  for (const [name, after] of [["Bob, Chen", "Robert, Chen"], ["Lunch", "Lunch"]] as const) {
    const { chat, hello, state } = chatUnderTest();
    await hello();
    const peers = [bob, { u: "usr_chen", username: "chen", name: "Chen" }];
    chat.meet(conv({ kind: "group", name, peer: null, peers }));
    chat.event("user", { user: { ...bob, name: "Robert" } });
    assert.equal(state().convs.get(c)?.name, after);
  }
});

test("what I changed about myself on another device is changed here", async () => {
  const { chat, hello, state } = chatUnderTest();
  await hello();
  chat.updateMe({ avatar: "/files/fil_1", status: "away" });
  chat.event("user", { user: { u: me.u, username: me.username, name: "Me, renamed" } });
  assert.equal(state().me.name, "Me, renamed");
  assert.equal(state().me.avatar, undefined);
  assert.equal(state().me.status, undefined);
});
