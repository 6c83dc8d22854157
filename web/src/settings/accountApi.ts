import type { Me } from "../session/api";
import { call } from "../session/http";

/** One place where I am signed in. */
export interface Device {
  readonly id: string;
  readonly current: boolean;
  readonly created: number;
  readonly seen: number;
  readonly ip: string;
  readonly agent?: string;
  /** The agent in words: "Firefox on Linux". */
  readonly device?: string;
  readonly label?: string;
}

export interface ProfileChange {
  readonly name?: string;
  readonly locale?: string;
  readonly status?: string;
  readonly prefs?: Readonly<Record<string, unknown>>;
}

const part = encodeURIComponent;

/** My own account over HTTP. Every call rejects with an `ApiError`. */
export const accountApi = {
  change: (change: ProfileChange) => call<Me | { me: Me }>("PATCH", "/api/me", change),
  putAvatar: (image: Blob) => call<Me | { me: Me } | undefined>("PUT", "/api/me/avatar", image),
  dropAvatar: () => call<void>("DELETE", "/api/me/avatar"),
  changePassword: (current: string, password: string) => call<void>("POST", "/api/me/password", { current, password }),
  devices: () => call<{ sessions: readonly Device[] }>("GET", "/api/me/sessions"),
  endDevice: (id: string) => call<void>("DELETE", `/api/me/sessions/${part(id)}`),
  endOthers: () => call<void>("DELETE", "/api/me/sessions"),
  beginTotp: (password: string) => call<{ secret: string; uri: string }>("POST", "/api/me/totp", { password }),
  confirmTotp: (code: string) => call<{ recovery: readonly string[] }>("POST", "/api/me/totp/confirm", { code }),
  endTotp: (password: string, code: string) => call<void>("DELETE", "/api/me/totp", { password, code }),
  newRecovery: (password: string, code: string) =>
    call<{ recovery: readonly string[] }>("POST", "/api/me/totp/recovery", { password, code }),
  subscribePush: (subscription: PushSubscriptionJSON) => call<void>("POST", "/api/push", subscription),
  unsubscribePush: (endpoint: string) => call<void>("DELETE", "/api/push", { endpoint }),
  testPush: () => call<void>("POST", "/api/push/test"),
};

/** The person in an answer, bare or under `me`. */
export function meIn(answer: Me | { me: Me } | undefined): Me | undefined {
  return answer && ("me" in answer ? answer.me : answer);
}
