import { call } from "../session/http";
import type { User } from "../socket/wire";

/** A webhook of a room: messages that come in by an address, or go out to one. */
export interface Hook {
  readonly h: string;
  readonly kind: "in" | "out";
  readonly name: string;
  readonly bot: User;
  readonly url?: string;
  readonly match?: "all" | "mention" | "word";
  readonly word?: string;
  readonly created: number;
  readonly by: User;
  readonly last?: { readonly at: number; readonly status?: number; readonly error?: string };
}

export interface NewHook {
  readonly kind: "in" | "out";
  readonly name: string;
  readonly url?: string;
  readonly match?: "all" | "mention" | "word";
  readonly word?: string;
}

/** With what is shown once: the address of an incoming one, the key of an outgoing one's signatures. */
export interface MadeHook {
  readonly hook: Hook;
  readonly url?: string;
  readonly secret?: string;
}

const of = (c: string) => `/api/conversations/${encodeURIComponent(c)}/hooks`;

/** For those in charge of a room. Every call rejects with an `ApiError`. */
export const hooksApi = {
  list: (c: string) => call<{ hooks: readonly Hook[] }>("GET", of(c)),
  make: (c: string, hook: NewHook) => call<MadeHook>("POST", of(c), hook),
  remove: (c: string, h: string) => call<void>("DELETE", `${of(c)}/${encodeURIComponent(h)}`),
};
