import { useEffect, useMemo, useState } from "react";
import { useChatState, useConnection } from "../app/session";
import type { Conv } from "../socket/wire";

const most = 200;
const none: ReadonlyMap<string, string> = new Map();

/** The pictures of the people of a conversation, by their ids. A room's are asked for when it opens and when people come and go. */
export function useFaces(conv: Conv): ReadonlyMap<string, string> {
  const connection = useConnection();
  const people = useChatState((state) => state.people);
  const me = useChatState((state) => state.me);
  const ready = useChatState((state) => state.ready);
  const [members, setMembers] = useState(none);
  const { c, members: count, peer, peers } = conv;
  const room = conv.kind === "public" || conv.kind === "private";

  useEffect(() => {
    if (!room || !ready) return undefined;
    let wanted = true;
    const ask = async () => {
      const answer = await connection.request("room.members", { c, limit: most });
      if (wanted && answer.ok) setMembers(picturesOf(answer.members));
    };
    void ask();
    return () => {
      wanted = false;
    };
  }, [connection, c, room, ready, count]);

  return useMemo(() => {
    const faces = new Map([...members, ...picturesOf(peer ? [peer] : peers ?? [])]);
    for (const { u, avatar } of people.values()) {
      if (avatar) faces.set(u, avatar);
      else faces.delete(u);
    }
    if (me.avatar) faces.set(me.u, me.avatar);
    else faces.delete(me.u);
    return faces.size === 0 ? none : faces;
  }, [members, peer, peers, people, me.u, me.avatar]);
}

function picturesOf(list: readonly { readonly u: string; readonly avatar?: string }[]): Map<string, string> {
  return new Map(list.flatMap(({ u, avatar }) => (avatar ? [[u, avatar] as const] : [])));
}
