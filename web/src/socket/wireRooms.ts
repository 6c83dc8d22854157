import type { Conv, FileInfo, Msg, Role } from "./wire";

export interface Ban {
  readonly u: string;
  readonly username: string;
  readonly name: string;
  readonly by?: string;
  readonly ts?: number;
  readonly reason?: string;
}

export type NotifyLevel = "all" | "mentions" | "none";
export type PresenceState = "on" | "idle" | "off";
export type PresenceEntry = readonly [u: string, state: PresenceState, lastSeen: number | null];

export interface Hit {
  readonly mid: number;
  readonly msg: Msg;
  /** Where the words stand in `msg.body`, in UTF-16 units. */
  readonly marks?: readonly (readonly [start: number, length: number])[];
}

/** Of a conversation that is too large for a `conv` of everybody's own. */
export interface ConvInfo {
  readonly c: string;
  readonly kind: Conv["kind"];
  readonly name: string;
  readonly topic?: string | null;
  readonly members: number;
  readonly archived?: boolean;
}

/** Groups and rooms, my own arrangement of the list, presence, search. */
export interface RoomRequests {
  group: { payload: { members: string[] }; answer: { conv: Conv } };
  "room.update": {
    payload: { c: string; name?: string; topic?: string; public?: boolean; avatar?: string | null };
    answer: { conv: Conv };
  };
  "room.role": { payload: { c: string; u: string; role: Role }; answer: object };
  "room.kick": { payload: { c: string; u: string }; answer: object };
  "room.ban": { payload: { c: string; u: string; on: boolean; reason?: string }; answer: object };
  "room.bans": { payload: { c: string }; answer: { list: Ban[] } };
  "room.mute": { payload: { c: string; u: string; until: number }; answer: object };
  files: {
    payload: { c: string; before?: number; limit?: number };
    answer: { files: { file: FileInfo; seq: number; from: string; ts: number }[] };
  };
  "room.archive": { payload: { c: string; on: boolean }; answer: object };
  notify: { payload: { c: string; level?: NotifyLevel; until?: number }; answer: object };
  "conv.pin": { payload: { c: string; on: boolean }; answer: object };
  "conv.hide": { payload: { c: string; on: boolean }; answer: object };
  view: { payload: { c: string | null }; answer: object };
  active: { payload: { idle: boolean }; answer: object };
  watch: { payload: { users: string[] }; answer: { list: PresenceEntry[] } };
  search: {
    payload: { q: string; before?: number; limit?: number; tz?: number };
    answer: { hits: Hit[]; next?: number | null; missing?: number | null };
  };
  mentions: { payload: { before?: number; limit?: number }; answer: { msgs: Msg[]; next?: number | null } };
}
