import { createContext, useContext } from "react";
import type { Drafts } from "../composer/Drafts";
import type { ServerState } from "../session/api";
import type { ChatSession } from "../session/ChatSession";
import type { Connection } from "../socket/Connection";
import { useStore } from "../ui/Store";
import type { Chat } from "./Chat";
import type { ChatState } from "./chatState";

export interface SessionValue {
  readonly session: ChatSession;
  readonly drafts: Drafts;
  readonly server: ServerState;
  readonly signOut: () => Promise<void>;
}

export const SessionContext = createContext<SessionValue | undefined>(undefined);

export function useSession(): SessionValue {
  const value = useContext(SessionContext);
  if (!value) throw new Error("used outside of a signed-in screen");
  return value;
}

/** Not every server can look through messages. */
export function useCanSearch(): boolean {
  return useSession().server.search === true;
}

export function useChat(): Chat {
  return useSession().session.chat;
}

export function useConnection(): Connection {
  return useSession().session.connection;
}

/** Re-renders when what `select` answers is another value. */
export function useChatState<S>(select: (state: ChatState) => S): S {
  return useStore(useChat().state, select);
}
