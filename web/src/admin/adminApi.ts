import { call, query } from "../session/http";
import type { Device } from "../settings/accountApi";
import type { User } from "../socket/wire";

export interface Person extends User {
  readonly created: number;
  readonly seen?: number;
  readonly sessions?: number;
  readonly totp?: boolean;
}

export interface PersonChange {
  readonly role?: "admin" | "member";
  readonly state?: "active" | "banned" | "deactivated";
  readonly name?: string;
  /** Deletes everything that the person wrote until now. */
  readonly removeContent?: boolean;
}

export interface Link {
  readonly url: string;
  readonly expiresAt?: number;
}

/** Its link is shown once, when it is made: the server keeps only a digest of it. */
export interface Invite {
  readonly id: string;
  readonly expiresAt: number;
  readonly uses: number;
  readonly used?: number;
  /** Why it does not work any more. */
  readonly reason?: "expired" | "used" | "revoked" | null;
  readonly rooms?: readonly { readonly c?: string; readonly name: string }[];
  readonly by?: User | string;
}

export interface AdminRoom {
  readonly c: string;
  readonly name: string;
  readonly kind: string;
  readonly members: number;
  readonly messages: number;
  readonly created: number;
  readonly archived?: boolean;
  readonly owner?: User | null;
}

export interface ServerSettings {
  readonly name: string;
  readonly signup: "open" | "invite";
  readonly uploadMax?: number;
  readonly editMinutes?: number | null;
  /** Days; null or left out: no end. */
  readonly retentionDays?: number | null;
  readonly previews?: boolean;
  readonly locale?: string;
}

export interface Health {
  readonly version: string;
  readonly uptime: number;
  readonly online: number;
  readonly sockets: number;
  readonly messages: number;
  readonly people: number;
  readonly rooms: number;
  readonly dbBytes: number;
  readonly filesBytes?: number;
  readonly writeQueue: number;
  readonly ackP99?: number;
  readonly rss: number;
}

export interface Bot {
  readonly user: User;
  readonly created: number;
  readonly by?: User;
  readonly seen?: number;
  readonly rooms: number;
}

export interface AuditEntry {
  readonly id: number | string;
  readonly at: number;
  readonly actor?: User | null;
  readonly ip?: string;
  readonly action: string;
  readonly target?: string | null;
  readonly data?: unknown;
}

const part = encodeURIComponent;
const person = (u: string) => `/api/admin/people/${part(u)}`;
const bot = (u: string) => `/api/admin/bots/${part(u)}`;

/** What an administrator may do, over HTTP. Every call rejects with an `ApiError`. */
export const adminApi = {
  health: () => call<Health>("GET", "/api/admin/health"),
  people: (q: string, after?: string) =>
    call<{ people: readonly Person[]; next?: string | null }>(
      "GET",
      `/api/admin/people${query({ q, after, limit: 50 })}`,
    ),
  changePerson: (u: string, change: PersonChange) => call<unknown>("PATCH", person(u), change),
  createPerson: (account: { username: string; name: string; role: "admin" | "member" }) =>
    call<Link>("POST", "/api/admin/people", account),
  resetLink: (u: string) => call<Link>("POST", `${person(u)}/reset`),
  endTotp: (u: string) => call<unknown>("POST", `${person(u)}/totp/off`),
  devices: (u: string) => call<{ sessions: readonly Device[] }>("GET", `${person(u)}/sessions`),
  endDevice: (u: string, id: string) => call<void>("DELETE", `${person(u)}/sessions/${part(id)}`),
  endDevices: (u: string) => call<void>("DELETE", `${person(u)}/sessions`),
  invites: () => call<{ invites: readonly Invite[] }>("GET", "/api/admin/invites"),
  revokeInvite: (id: string) => call<void>("DELETE", `/api/admin/invites/${part(id)}`),
  rooms: (q: string, after?: string) =>
    call<{ rooms: readonly AdminRoom[]; next?: string | null }>("GET", `/api/admin/rooms${query({ q, after })}`),
  archiveRoom: (c: string, on: boolean) => call<unknown>("POST", `/api/admin/rooms/${part(c)}/archive`, { on }),
  bots: () => call<{ bots: readonly Bot[] }>("GET", "/api/admin/bots"),
  createBot: (account: { username: string; name: string }) =>
    call<{ bot: Bot; token: string }>("POST", "/api/admin/bots", account),
  changeBot: (u: string, change: { name?: string; state?: "active" | "deactivated" }) =>
    call<unknown>("PATCH", bot(u), change),
  renewToken: (u: string) => call<{ token: string }>("POST", `${bot(u)}/token`),
  settings: () => call<ServerSettings>("GET", "/api/admin/settings"),
  saveSettings: (settings: Partial<ServerSettings>) => call<ServerSettings>("PUT", "/api/admin/settings", settings),
  audit: (filter: { action?: string | undefined; actor?: string | undefined; before?: string | number | undefined }) =>
    call<{ entries: readonly AuditEntry[]; next?: string | number | null }>(
      "GET",
      `/api/admin/audit${query({ ...filter, limit: 50 })}`,
    ),
};
