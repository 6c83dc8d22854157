import { backoff } from "../socket/backoff";
import type { Clock } from "../socket/Clock";
import type { Transport } from "../socket/Transport";
import type { Answer, Msg, Reaction, Refusal } from "../socket/wire";

/** What I do to a message that is already there. */
export type Deed =
  | { readonly kind: "edit"; readonly body: string; readonly base: number }
  | { readonly kind: "del" }
  | { readonly kind: "react"; readonly emoji: string; readonly on: boolean }
  | { readonly kind: "pin"; readonly on: boolean }
  | { readonly kind: "unpreview" };

export type Amendment = Deed & {
  readonly mid: string;
  readonly c: string;
  readonly seq: number;
  readonly at: number;
  /** The revision that it has become, once the server has it. */
  readonly rev?: number;
};

export interface AmendmentsOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly newMid: () => string;
  readonly random: () => number;
  readonly changed: (list: readonly Amendment[]) => void;
  /** The server has it: `changed` was called with the revision in it. */
  readonly accepted: (amendment: Amendment) => void;
  readonly refused: (amendment: Amendment, refusal: Refusal) => void;
}

/**
 * Changes that are shown before the server has them: one after the other for each message, repeated with the same `mid` until
 * there is an answer, and shown until the history has the revision that they became.
 */
export class Amendments {
  private list: readonly Amendment[] = [];
  private readonly busy = new Set<string>();
  private readonly tries = new Map<string, number>();
  private online = false;
  private stopped = false;

  constructor(private readonly options: AmendmentsOptions) {}

  add(c: string, seq: number, deed: Deed): void {
    const { newMid, clock } = this.options;
    this.set([...this.list, { ...deed, mid: newMid(), c, seq, at: clock.now() }]);
    this.pump();
  }

  setOnline(online: boolean): void {
    this.online = online;
    this.pump();
  }

  /** The history of the conversation has every change up to `rev`. */
  settle(c: string, rev: number): void {
    const kept = this.list.filter((one) => one.c !== c || one.rev === undefined || one.rev > rev);
    if (kept.length !== this.list.length) this.set(kept);
  }

  stop(): void {
    this.stopped = true;
  }

  private pump(): void {
    if (!this.online || this.stopped) return;
    for (const one of this.list) {
      const message = `${one.c}/${one.seq}`;
      if (one.rev === undefined && !this.busy.has(message)) void this.attempt(one, message);
    }
  }

  private async attempt(one: Amendment, message: string): Promise<void> {
    this.busy.add(message);
    const answer = await this.request(one);
    if (this.stopped) return;
    if (answer.ok) {
      const done = { ...one, rev: answer.rev };
      this.set(this.list.map((other) => (other.mid === one.mid ? done : other)));
      this.options.accepted(done);
    } else if (answer.retry) {
      if (answer.code !== "offline") {
        const tries = (this.tries.get(one.mid) ?? 0) + 1;
        this.tries.set(one.mid, tries);
        const wait = answer.after ?? backoff(tries, this.options.random());
        await new Promise<void>((resolve) => this.options.clock.after(wait, resolve));
      }
    } else {
      this.set(this.list.filter((other) => other.mid !== one.mid));
      this.options.refused(one, answer);
    }
    this.busy.delete(message);
    if (answer.ok || answer.code !== "offline") this.pump();
  }

  private request(one: Amendment): Promise<Answer<"edit" | "del" | "react" | "pin" | "unpreview">> {
    const { transport } = this.options;
    const { c, seq, mid } = one;
    switch (one.kind) {
      case "edit":
        return transport.request("edit", { c, seq, mid, body: one.body, base: one.base });
      case "del":
        return transport.request("del", { c, seq, mid });
      case "react":
        return transport.request("react", { c, seq, mid, emoji: one.emoji, on: one.on });
      case "pin":
        return transport.request("pin", { c, seq, mid, on: one.on });
      case "unpreview":
        return transport.request("unpreview", { c, seq, mid });
    }
  }

  private set(list: readonly Amendment[]): void {
    this.list = list;
    this.options.changed(list);
  }
}

/** The message with what I have done to it, as if the server had it already. */
export function amended(msg: Msg, list: readonly Amendment[], me: string): Msg {
  return list.reduce((now, one) => (one.c === msg.c && one.seq === msg.seq ? afterDeed(now, one, me) : now), msg);
}

function afterDeed(msg: Msg, one: Amendment, me: string): Msg {
  if (one.rev !== undefined && (msg.rev ?? 0) >= one.rev) return msg;
  switch (one.kind) {
    case "edit":
      return { ...msg, body: one.body, edited: one.at };
    case "del": {
      const { c, seq, id, cid, from, name, ts, kind, rev } = msg;
      return { c, seq, id, cid: cid ?? null, from, name, ts, kind, body: "", del: true, ...(rev ? { rev } : {}) };
    }
    case "react":
      return { ...msg, re: withReaction(msg.re ?? [], one.emoji, one.on, me) };
    case "pin": {
      const { pin: _, ...rest } = msg;
      return one.on ? { ...rest, pin: me } : rest;
    }
    case "unpreview": {
      const { previews: _, ...rest } = msg;
      return rest;
    }
  }
}

/** The reactions after mine has come or gone. */
export function withReaction(list: readonly Reaction[], emoji: string, on: boolean, me: string): readonly Reaction[] {
  const before = list.find(([other]) => other === emoji);
  if (!before) return on ? [...list, [emoji, 1, [me]]] : list;
  const [, n, who] = before;
  if (who.includes(me) === on) return list;
  const after: Reaction = [emoji, on ? n + 1 : n - 1, on ? [...who, me] : who.filter((u) => u !== me)];
  return list.map((reaction) => (reaction === before ? after : reaction)).filter(([, left]) => left > 0);
}
