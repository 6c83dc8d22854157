import { Chat } from "../src/app/Chat";
import type { Conv } from "../src/socket/wire";
import { FakeTransport, refusal } from "./FakeTransport";
import { ManualClock, settled } from "./ManualClock";
import { MemoryStorage } from "./MemoryStorage";
import { c, conv, me, msgs } from "./samples";

/** A chat over a server that the test writes: its conversations, and the messages of conversation `c`. */
export function chatUnderTest(convs: Conv[] = [conv({ seq: 3, read: 3, marks: [["usr_ada", 3, 3]] })]) {
  const clock = new ManualClock();
  const transport = new FakeTransport();
  const storage = new MemoryStorage();
  const server = { convs, epoch: "e1", log: [...msgs(1, 3)] };
  const left: string[] = [];
  let cids = 0;
  const chat = new Chat({
    me,
    transport,
    storage,
    upload: async () => refusal("offline", true),
    clock,
    newCid: () => `cid${++cids}`,
    random: () => 0,
    left: (which) => left.push(which),
  });
  transport.script("sync", () => ({ ok: true, epoch: server.epoch, convs: server.convs }));
  transport.script("page", () => ({ ok: true, msgs: server.log, first: true, last: true }));
  transport.script(
    "gap",
    ({ from }) => ({
      ok: true,
      msgs: server.log.filter(({ seq }) => seq >= from),
      seq: server.log.length,
      rev: 0,
      more: false,
      reset: false,
    }),
  );
  transport.script("read", ({ seq }) => ({ ok: true, read: seq, unread: 0 }));
  transport.script("got", () => ({ ok: true }));
  const hello = async (recovered = false) => {
    chat.hello({ v: 1, epoch: server.epoch, me, now: clock.now(), recovered });
    await settled();
  };
  const state = () => chat.state.get();
  const bodies = () => (state().windows.get(c)?.msgs ?? []).map(({ body }) => body).join(" ");
  return { clock, transport, storage, server, chat, hello, state, bodies, left };
}
