// What travels on the wire: the names and meanings of docs/realtime-api.md, section 2.

export interface User {
  readonly u: string;
  readonly username: string;
  readonly name: string;
  readonly admin?: boolean;
}

export type ConversationKind = "direct" | "public" | "private" | "self";

/** Where another member stands: [user, delivered up to, read up to]. */
export type Mark = readonly [u: string, got: number, read: number];

export interface LastMessage {
  readonly seq: number;
  readonly from: string;
  readonly name: string;
  readonly body: string;
  readonly ts?: number;
  readonly kind?: "text" | "system";
}

export interface Conv {
  readonly c: string;
  readonly kind: ConversationKind;
  readonly name: string;
  readonly topic?: string | null;
  readonly peer?: User | null;
  readonly role: "owner" | "member";
  readonly members: number;
  readonly seq: number;
  readonly rev: number;
  readonly read: number;
  readonly got: number;
  readonly unread: number;
  readonly last?: LastMessage | null;
  readonly marks?: readonly Mark[] | null;
}

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
  readonly role: "owner" | "member";
}

export interface MarkEvent {
  readonly c: string;
  readonly u: string;
  readonly read?: number;
  readonly got?: number;
  readonly unread?: number;
}

/** Every event of a client, with what it carries and what a good answer brings. */
export interface Requests {
  sync: { payload: { epoch?: string }; answer: { epoch: string; convs: Conv[] } };
  gap: {
    payload: { c: string; from: number; to?: number; limit?: number };
    answer: { msgs: Msg[]; seq: number; rev: number; more: boolean; reset: boolean };
  };
  page: {
    payload: { c: string; before?: number; after?: number; around?: number; limit?: number };
    answer: { msgs: Msg[]; first: boolean; last: boolean };
  };
  send: {
    payload: { c: string; cid: string; body: string };
    answer: { seq: number; ts: number; id: string; dup: boolean };
  };
  read: { payload: { c: string; seq: number }; answer: { read: number; unread: number } };
  got: { payload: { list: (readonly [c: string, seq: number])[] }; answer: object };
  people: { payload: { q: string; limit?: number }; answer: { people: User[] } };
  dm: { payload: { u: string }; answer: { conv: Conv } };
  "room.create": {
    payload: { name: string; topic?: string; public: boolean; members?: string[] };
    answer: { conv: Conv };
  };
  "room.list": { payload: { q?: string }; answer: { rooms: Room[] } };
  "room.join": { payload: { c: string }; answer: { conv: Conv } };
  "room.leave": { payload: { c: string }; answer: object };
  "room.add": { payload: { c: string; members: string[] }; answer: { conv: Conv } };
  "room.members": { payload: { c: string }; answer: { members: RoomMember[] } };
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
