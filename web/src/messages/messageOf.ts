import type { Msg, User } from "../socket/wire";
import type { OutboxItem } from "./Outbox";

/** The message that an item of the outbox has become with the server's answer. */
export function messageOf(item: OutboxItem, answer: { seq: number; ts: number; id: string }, me: User): Msg {
  const { c, cid, body, reply, files } = item;
  const { seq, ts, id } = answer;
  const sent = files?.flatMap(({ done }) => done ?? []) ?? [];
  const extras = { ...(reply && { reply }), ...(sent.length > 0 && { files: sent }) };
  return { ...extras, c, cid, body, seq, ts, id, from: me.u, name: me.name, kind: "text" };
}
