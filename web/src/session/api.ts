import type { User } from "../socket/wire";
import { call } from "./http";

export { ApiError } from "./http";

/** What only I know of myself. */
export interface Me extends User {
  readonly prefs?: Readonly<Record<string, unknown>>;
  readonly locale?: string;
  readonly totp?: boolean;
  readonly created?: number;
}

export interface ServerState {
  readonly setup: boolean;
  readonly signup: "open" | "invite";
  readonly name: string;
  readonly me?: Me;
  readonly locale?: string;
  /** The public half of the server's key for Web Push; absent where push is off. */
  readonly push?: string;
  readonly version?: string;
  /** Whether messages can be searched there. */
  readonly search?: boolean;
  /** Whether there are bots and webhooks. */
  readonly bots?: boolean;
}

export interface InvitationAnswer {
  readonly valid: boolean;
  readonly by?: string;
  readonly rooms?: readonly { readonly name: string; readonly members: number }[];
  readonly reason?: "expired" | "used" | "revoked" | "unknown";
}

export interface Invitation {
  readonly id?: string;
  readonly code?: string;
  /** Where the invited person goes: a path on this server, or a whole address. */
  readonly url: string;
  readonly expiresAt: number;
  readonly uses: number;
}

export interface NewAccount {
  readonly username: string;
  readonly name: string;
  readonly password: string;
  readonly invite?: string;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Of the authenticator, or one of the recovery codes. */
  readonly code?: string;
}

const part = encodeURIComponent;

/** The HTTP half of the realtime API that is needed before and at signing in. Every call rejects with an `ApiError`. */
export const api = {
  state: () => call<ServerState>("GET", "/api/state"),
  setUp: (account: NewAccount) => call<{ me: User }>("POST", "/api/setup", account),
  signUp: (account: NewAccount) => call<{ me: User }>("POST", "/api/signup", account),
  signIn: (credentials: Credentials) => call<{ me: User }>("POST", "/api/signin", credentials),
  signOut: () => call<void>("POST", "/api/signout"),
  invitation: (code: string) => call<InvitationAnswer>("GET", `/api/invites/${part(code)}`),
  accept: (code: string) => call<{ convs: string[] }>("POST", `/api/invites/${part(code)}/accept`),
  saveSettings: (settings: { name: string }) => call<object>("PUT", "/api/settings", settings),
  invite: (wanted: { hours?: number; uses?: number; rooms?: readonly string[] }) =>
    call<Invitation>("POST", "/api/invites", wanted),
  resetLink: (code: string) => call<{ valid: boolean; username?: string }>("GET", `/api/reset/${part(code)}`),
  reset: (code: string, password: string) => call<void>("POST", "/api/reset", { code, password }),
};
