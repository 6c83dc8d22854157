// What travels on the wire: the names and meanings of docs/realtime-api.md, section 2.

import type { RoomRequests } from "./wireRooms";

export interface User {
  readonly u: string;
  readonly username: string;
  readonly name: string;
  readonly admin?: boolean;
  readonly role?: "admin" | "member";
  readonly avatar?: string;
  readonly bot?: boolean;
  readonly state?: "banned" | "deactivated";
  readonly status?: string;
}

export type ConversationKind = "direct" | "group" | "public" | "private" | "self";
export type Role = "owner" | "moderator" | "member";

/** Where another member stands: [user, delivered up to, read up to]. */
export type Mark = readonly [u: string, got: number, read: number];

export interface LastMessage {
  readonly seq: number;
  readonly from: string;
  readonly name: string;
  readonly body: string;
  readonly ts?: number;
  readonly kind?: "text" | "system";
  /** How many files it carries. */
  readonly files?: number;
  readonly del?: boolean;
}

export interface Conv {
  readonly c: string;
  readonly kind: ConversationKind;
  readonly name: string;
  readonly topic?: string | null;
  readonly avatar?: string | null;
  readonly peer?: User | null;
  readonly peers?: readonly User[] | null;
  readonly role: Role;
  readonly members: number;
  readonly seq: number;
  readonly rev: number;
  readonly read: number;
  readonly got: number;
  readonly unread: number;
  /** Messages above `read` that mention me. */
  readonly mentions?: number;
  /** Counts how often `read` was set by hand; the higher one wins. */
  readonly rr?: number;
  readonly notify?: "all" | "mentions" | "none";
  readonly muted?: number | null;
  readonly hidden?: boolean;
  readonly pinned?: boolean;
  readonly archived?: boolean;
  /** I may not write until then. */
  readonly silenced?: number | null;
  readonly minSeq?: number;
  readonly last?: LastMessage | null;
  readonly marks?: readonly Mark[] | null;
}

export interface FileInfo {
  readonly f: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly w?: number;
  readonly h?: number;
  readonly dur?: number;
  readonly thumb?: boolean;
  readonly kind: "image" | "video" | "audio" | "file";
}

export interface Preview {
  readonly url: string;
  readonly site?: string;
  readonly title?: string;
  readonly text?: string;
  readonly image?: string;
  readonly w?: number;
  readonly h?: number;
}

export interface ReplyInfo {
  readonly seq: number;
  readonly from: string;
  readonly name: string;
  readonly body: string;
  readonly del?: boolean;
}

/** [emoji, how many, who of them first] */
export type Reaction = readonly [emoji: string, n: number, who: readonly string[]];

export interface Msg {
  readonly c: string;
  readonly seq: number;
  readonly id: string;
  readonly cid?: string | null;
  readonly from: string;
  readonly name: string;
  readonly ts: number;
  readonly body: string;
  readonly kind: "text" | "system";
  readonly v?: number;
  /** The revision of the conversation at which this message last changed. */
  readonly rev?: number;
  readonly edited?: number;
  readonly del?: boolean;
  readonly by?: string;
  readonly reply?: ReplyInfo;
  readonly replies?: number;
  readonly re?: readonly Reaction[];
  readonly pin?: string;
  readonly mentions?: readonly string[];
  readonly all?: boolean;
  readonly files?: readonly FileInfo[];
  readonly previews?: readonly Preview[];
  readonly bot?: boolean;
}

/** A message changed: `msg` is how it is now. */
export interface Chg {
  readonly c: string;
  readonly rev: number;
  readonly seq: number;
  readonly k: string;
  readonly msg: Msg;
}

/** A number of a conversation's changes: of a message that changed, or of its oldest ones that went. */
export interface Change {
  readonly c: string;
  readonly rev: number;
  readonly msg?: Msg;
}

/** Messages below `minSeq` are no longer kept. */
export interface Trim extends Change {
  readonly minSeq: number;
}

export interface Version {
  readonly v: number;
  readonly body: string;
  readonly ts: number;
}

export interface Hello {
  readonly v: number;
  readonly epoch: string;
  readonly me: User;
  readonly now: number;
  readonly limits?: { readonly body?: number; readonly gap?: number; readonly page?: number };
  readonly recovered: boolean;
}

export interface Room {
  readonly c: string;
  readonly name: string;
  readonly topic?: string | null;
  readonly members: number;
  readonly joined: boolean;
}

export interface RoomMember {
  readonly u: string;
  readonly username: string;
  readonly name: string;
  readonly avatar?: string;
  readonly role: Role;
  readonly joined?: number;
  readonly silenced?: number;
}

export interface MarkEvent {
  readonly c: string;
  readonly u: string;
  readonly read?: number;
  readonly got?: number;
  readonly unread?: number;
  readonly mentions?: number;
  readonly rr?: number;
}

/** Every event of a client, with what it carries and what a good answer brings. */
export interface Requests extends RoomRequests {
  sync: { payload: { epoch?: string; why?: "tick" }; answer: { epoch: string; convs: Conv[]; dig?: string } };
  gap: {
    payload: { c: string; from: number; to?: number; rev?: number; limit?: number };
    answer: {
      msgs: Msg[];
      changed?: Msg[];
      changesMore?: boolean;
      seq: number;
      rev: number;
      more: boolean;
      reset: boolean;
      minSeq?: number;
    };
  };
  page: {
    payload: { c: string; before?: number; after?: number; around?: number; limit?: number };
    answer: { msgs: Msg[]; first: boolean; last: boolean };
  };
  send: {
    payload: { c: string; cid: string; body: string; reply?: number; files?: string[] };
    answer: { seq: number; ts: number; id: string; dup: boolean };
  };
  edit: { payload: { c: string; seq: number; mid: string; body: string; base: number }; answer: Changed };
  del: { payload: { c: string; seq: number; mid: string }; answer: Changed };
  react: { payload: { c: string; seq: number; mid: string; emoji: string; on: boolean }; answer: Changed };
  pin: { payload: { c: string; seq: number; mid: string; on: boolean }; answer: Changed };
  unpreview: { payload: { c: string; seq: number; mid: string }; answer: Changed };
  versions: { payload: { c: string; seq: number }; answer: { versions: Version[] } };
  thread: {
    payload: { c: string; seq: number; before?: number; limit?: number };
    answer: { root: Msg; msgs: Msg[]; first: boolean };
  };
  pins: { payload: { c: string }; answer: { msgs: Msg[] } };
  unread: {
    payload: { c: string; seq: number; rr: number };
    answer: { read: number; unread: number; mentions?: number; rr?: number };
  };
  read: { payload: { c: string; seq: number }; answer: { read: number; unread: number } };
  got: { payload: { list: (readonly [c: string, seq: number])[] }; answer: object };
  people: { payload: { q: string; limit?: number }; answer: { people: User[] } };
  dm: { payload: { u: string }; answer: { conv: Conv } };
  "room.create": {
    payload: { name: string; topic?: string; public: boolean; members?: string[] };
    answer: { conv: Conv };
  };
  "room.list": { payload: { q?: string; archived?: boolean }; answer: { rooms: Room[] } };
  "room.join": { payload: { c: string }; answer: { conv: Conv } };
  "room.leave": { payload: { c: string }; answer: object };
  "room.add": { payload: { c: string; members: string[] }; answer: { conv: Conv } };
  "room.members": {
    payload: { c: string; q?: string; role?: Role; after?: string; limit?: number };
    answer: { members: RoomMember[]; next?: string };
  };
}

interface Changed {
  readonly rev: number;
}

export interface Refusal {
  readonly ok: false;
  readonly code: string;
  readonly message: string;
  /** The same request may succeed later. */
  readonly retry: boolean;
  /** Milliseconds to wait before that. */
  readonly after?: number;
}

export type Answer<E extends keyof Requests> = ({ readonly ok: true } & Requests[E]["answer"]) | Refusal;
