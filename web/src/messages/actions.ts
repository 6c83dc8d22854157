import { createContext, useContext } from "react";
import type { Conv, FileInfo, Msg, User } from "../socket/wire";

/** Where a menu or a picker opens: at a place of the screen. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** What a person can do with a message that is on the server. */
export interface MessageActions {
  reply(msg: Msg): void;
  edit(msg: Msg): void;
  remove(msg: Msg): void;
  pin(msg: Msg): void;
  react(msg: Msg, emoji: string): void;
  pickReaction(msg: Msg, at: Place): void;
  menu(msg: Msg, at: Place): void;
  versions(msg: Msg): void;
  unpreview(msg: Msg): void;
  unreadFrom(msg: Msg): void;
  copyText(msg: Msg): void;
  copyLink(msg: Msg): void;
  thread(seq: number): void;
  jump(seq: number): void;
  look(files: readonly FileInfo[], at: number): void;
}

export const MessageActionsContext = createContext<MessageActions | undefined>(undefined);

export function useMessageActions(): MessageActions {
  const actions = useContext(MessageActionsContext);
  if (!actions) throw new Error("used outside of a conversation");
  return actions;
}

/** What the server would allow (docs/realtime-api.md); it has the last word. */
export interface Rights {
  readonly write: boolean;
  readonly react: boolean;
  readonly edit: boolean;
  readonly remove: boolean;
  readonly pin: boolean;
}

export function rightsOf(msg: Msg, conv: Conv, me: User): Rights {
  const leads = conv.role === "owner" || conv.role === "moderator";
  const room = conv.kind === "public" || conv.kind === "private";
  const open = !conv.archived && msg.kind === "text" && !msg.del;
  const mine = msg.from === me.u;
  return {
    write: open,
    react: open,
    edit: open && mine,
    remove: open && (mine || (room && leads) || me.role === "admin" || me.admin === true),
    pin: open && (!room || leads),
  };
}

export function placeOf(element: Element): Place {
  const { left, bottom } = element.getBoundingClientRect();
  return { x: left, y: bottom + 4 };
}
