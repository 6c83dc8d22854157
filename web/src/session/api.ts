import type { User } from "../socket/wire";

export interface ServerState {
  readonly setup: boolean;
  readonly signup: "open" | "invite";
  readonly name: string;
  readonly me?: User;
}

export interface Invitation {
  readonly code: string;
  /** Where the invited person goes: a path on this server, or a whole address. */
  readonly url: string;
  readonly expiresAt: number;
  readonly uses: number;
}

export interface ServerSettings {
  readonly signup: "open" | "invite";
  readonly name: string;
}

export interface NewAccount {
  readonly username: string;
  readonly name: string;
  readonly password: string;
  readonly invite?: string;
}

/** What the server answered instead of what was wanted; `code` is "unreachable" when there was no answer at all. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** Milliseconds to wait before another attempt. */
    readonly after?: number,
  ) {
    super(message);
  }
}

/** The HTTP half of the realtime API: accounts, invitations and settings. Every call rejects with an `ApiError`. */
export const api = {
  state: () => call<ServerState>("GET", "/api/state"),
  setUp: (account: NewAccount) => call<{ me: User }>("POST", "/api/setup", account),
  signUp: (account: NewAccount) => call<{ me: User }>("POST", "/api/signup", account),
  signIn: (username: string, password: string) => call<{ me: User }>("POST", "/api/signin", { username, password }),
  signOut: () => call<void>("POST", "/api/signout"),
  invitation: (code: string) =>
    call<{ valid: boolean; by?: string }>("GET", `/api/invites/${encodeURIComponent(code)}`),
  invite: (hours: number, uses: number) => call<Invitation>("POST", "/api/invites", { hours, uses }),
  settings: () => call<ServerSettings>("GET", "/api/settings"),
  saveSettings: (settings: Partial<ServerSettings>) => call<ServerSettings>("PUT", "/api/settings", settings),
};

async function call<T>(method: "GET" | "POST" | "PUT", path: string, body?: object): Promise<T> {
  const headers: Record<string, string> = method === "GET" ? {} : { "X-Parley": "1" };
  if (body) headers["Content-Type"] = "application/json";
  const request: RequestInit = { method, headers, credentials: "same-origin", cache: "no-store" };
  if (body) request.body = JSON.stringify(body);
  const response = await fetch(path, request).catch(() => undefined);
  if (!response) throw new ApiError("unreachable", "The server cannot be reached.");
  if (response.status === 204) return undefined as T;
  const text = await response.text().catch(() => undefined);
  if (text === undefined) throw new ApiError("unreachable", "The server cannot be reached."); // cut off on the way
  const value = parse(text);
  if (response.ok && value !== undefined) return value as T;
  throw errorFrom(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function errorFrom(value: unknown): ApiError {
  const error = (value as { error?: { code?: unknown; message?: unknown; after?: unknown } } | undefined)?.error;
  if (typeof error?.code !== "string") {
    return new ApiError("unavailable", "The server cannot answer right now. Try again in a moment.");
  }
  const after = typeof error.after === "number" ? error.after : undefined;
  return new ApiError(error.code, typeof error.message === "string" ? error.message : "", after);
}
