import { useEffect, useMemo, useState } from "react";
import { listed } from "./listed";
import { useChatState, useConnection } from "../app/session";
import type { Conv, Room, User } from "../socket/wire";
import { matches } from "./matches";

export interface SearchResults {
  readonly convs: readonly Conv[];
  /** People without a conversation among `convs`. */
  readonly people: readonly User[];
  /** Public rooms that I am not in. */
  readonly rooms: readonly Room[];
  /** The server's half has come for these very words. */
  readonly complete: boolean;
}

interface Found {
  readonly q: string;
  readonly people: readonly User[];
  readonly rooms: readonly Room[];
}

const pause = 150;
const nothing: Found = { q: "", people: [], rooms: [] };

/** What a few letters find: my conversations at once, people and public rooms as soon as the server has answered. */
export function useSearch(text: string): SearchResults {
  const connection = useConnection();
  const convs = useChatState((state) => state.convs);
  const me = useChatState((state) => state.me.u);
  const [found, setFound] = useState(nothing);
  const q = text.trim();

  useEffect(() => {
    if (q === "") return undefined;
    let wanted = true;
    const timer = setTimeout(async () => {
      const [people, rooms] = await Promise.all([
        connection.request("people", { q, limit: 20 }),
        connection.request("room.list", { q }),
      ]);
      if (wanted) setFound({ q, people: people.ok ? people.people : [], rooms: rooms.ok ? rooms.rooms : [] });
    }, pause);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [connection, q]);

  return useMemo(() => {
    const mine = q === ""
      ? []
      : listed(convs, undefined).filter((conv) => matches(conv.name, q) || matches(conv.peer?.username ?? "", q));
    const peers = new Set(mine.map((conv) => conv.peer?.u));
    const { people, rooms } = q === "" ? nothing : found;
    return {
      convs: mine,
      people: people.filter(({ u, name, username }) =>
        u !== me && !peers.has(u) && (matches(name, q) || matches(username, q))
      ),
      rooms: rooms.filter(({ joined, name }) => !joined && matches(name, q)),
      complete: found.q === q,
    };
  }, [convs, found, me, q]);
}
