import { useCallback } from "react";
import { useChatState } from "../app/session";

/** Names of people, as far as the conversation itself tells them: its messages, its peers. */
export function useNames(c: string): (u: string) => string | undefined {
  const window = useChatState((state) => state.windows.get(c));
  const conv = useChatState((state) => state.convs.get(c));
  return useCallback((u: string) => {
    if (conv?.peer?.u === u) return conv.peer.name;
    const peer = conv?.peers?.find((person) => person.u === u);
    if (peer) return peer.name;
    return window?.msgs.find((msg) => msg.from === u)?.name;
  }, [window, conv]);
}
