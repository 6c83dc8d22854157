import { useEffect, useState } from "react";
import { useChatState, useConnection } from "../app/session";
import type { Msg } from "../socket/wire";
import { useStore } from "../ui/Store";

const none: readonly Msg[] = [];

/** What is pinned in the conversation, newest pin first; asked for again when a pin comes or goes. */
export function usePins(c: string): readonly Msg[] {
  const connection = useConnection();
  const online = useStore(connection.status, ({ phase }) => phase === "online");
  const news = useChatState((state) => state.pinNews.get(c));
  const [pins, setPins] = useState(none);
  useEffect(() => {
    if (!online) return undefined;
    let wanted = true;
    const ask = async () => {
      const answer = await connection.request("pins", { c });
      if (wanted && answer.ok) setPins(answer.msgs);
    };
    void ask();
    return () => {
      wanted = false;
    };
  }, [connection, c, news, online]);
  return pins;
}
