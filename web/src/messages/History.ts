import type { Clock } from "../socket/Clock";
import type { Transport } from "../socket/Transport";
import type { Msg } from "../socket/wire";
import type { HistoryWindow } from "./historyWindow";
import { appended, bottomOf, isContiguous, prepended, topOf, trimmed } from "./historyWindow";

export interface HistoryEvents {
  /** The newest message that the conversation's counters include. */
  counted(c: string): number;
  /** The message after that one is known now. */
  count(msg: Msg): void;
  /** How far back to load when the conversation is opened; undefined while the conversation is unknown. */
  wanted(c: string): number | undefined;
  changed(c: string, window: HistoryWindow | undefined): void;
  /** The counters can no longer be carried forward one by one: ask for the conversations again. */
  stale(): void;
  /** The server does not know the conversation, or not for me. */
  gone(c: string): void;
}

const pageSize = 50;
const gapSize = 200;
const openedAtMost = 200;
const keptAtMost = 200;
const windowsAtMost = 20;
const repeatAfter = 2_000;

/**
 * The messages in memory, per conversation one window without a hole. A message that does not follow is held back until the
 * missing ones have been fetched, so that a hole never becomes visible.
 */
export class History {
  private readonly windows = new Map<string, HistoryWindow>();
  private readonly held = new Map<string, Map<number, Msg>>();
  private readonly heard = new Map<string, number>();
  private readonly busy = new Set<string>();
  private generation = 0;
  private shown: string | undefined;

  constructor(
    private readonly transport: Transport,
    private readonly clock: Clock,
    private readonly events: HistoryEvents,
  ) {}

  has(c: string): boolean {
    return this.windows.has(c);
  }

  /** A message from the server, in any order, any number of times. */
  receive(msg: Msg): void {
    this.hold(msg);
    this.drain(msg.c);
    if (this.isBehind(msg.c)) void this.fill(msg.c);
  }

  /** The person looks at this conversation now (or at none). */
  show(c: string | undefined): void {
    if (this.shown !== undefined && this.shown !== c) this.putAside(this.shown);
    this.shown = c;
    if (c !== undefined) this.bringUp(c);
  }

  /** Fetches what is missing, now that there is a connection or that the counters have moved. */
  catchUp(): void {
    for (const c of [...this.windows.keys()]) if (this.isBehind(c)) void this.fill(c);
    if (this.shown !== undefined) this.bringUp(this.shown);
  }

  async loadOlder(c: string): Promise<void> {
    const window = this.windows.get(c);
    if (!window || window.first) return;
    await this.alone(`older ${c}`, async () => {
      const answer = await this.transport.request("page", { c, before: bottomOf(window), limit: pageSize });
      const current = this.windows.get(c);
      if (!answer.ok || !current) return;
      const longer = prepended(current, answer.msgs, answer.first);
      if (longer) this.set(c, longer);
    });
  }

  drop(c: string): void {
    this.heard.delete(c);
    this.held.delete(c);
    if (this.windows.delete(c)) this.events.changed(c, undefined);
  }

  /** The server's counters began anew: nothing in memory is worth anything. */
  dropAll(): void {
    this.generation += 1;
    this.busy.clear();
    for (const c of [...this.windows.keys()]) this.drop(c);
    this.held.clear();
    this.heard.clear();
  }

  private bringUp(c: string): void {
    if (!this.windows.has(c)) {
      if (this.events.wanted(c) !== undefined) void this.load(c);
    } else if (this.isBehind(c)) void this.fill(c);
  }

  private putAside(c: string): void {
    const window = this.windows.get(c);
    if (!window) return;
    this.windows.delete(c); // and in again: the map's order is the order of last use
    this.windows.set(c, window);
    if (window.msgs.length > keptAtMost) this.set(c, trimmed(window, keptAtMost));
    const oldest = this.windows.keys().next().value as string;
    if (this.windows.size > windowsAtMost) this.drop(oldest);
  }

  private async load(c: string): Promise<void> {
    await this.alone(`load ${c}`, async (isCurrent) => {
      const newest = await this.transport.request("page", { c, limit: pageSize });
      if (!isCurrent()) return;
      if (!newest.ok) {
        if (newest.code === "not_found") this.events.gone(c);
        else this.later(newest.code, newest.after, () => this.shown === c && this.bringUp(c));
        return;
      }
      let window: HistoryWindow = { msgs: isContiguous(newest.msgs) ? newest.msgs : [], first: newest.first };
      const wanted = this.events.wanted(c) ?? Infinity;
      while (!window.first && bottomOf(window) > wanted && window.msgs.length < openedAtMost) {
        const older = await this.transport.request("page", { c, before: bottomOf(window), limit: pageSize });
        if (!isCurrent()) return;
        const longer = older.ok ? prepended(window, older.msgs, older.first) : undefined;
        if (!longer || longer.msgs.length === window.msgs.length) break;
        window = longer;
      }
      this.set(c, window);
      for (const msg of window.msgs) if (msg.seq > this.events.counted(c)) this.hold(msg);
      this.drain(c);
    });
    if (this.isBehind(c)) void this.fill(c);
  }

  private async fill(c: string): Promise<void> {
    await this.alone(`fill ${c}`, async (isCurrent) => {
      while (this.isBehind(c)) {
        const from = this.next(c);
        const answer = await this.transport.request("gap", { c, from, limit: gapSize });
        if (!isCurrent()) return;
        if (!answer.ok) {
          if (answer.code === "not_found") this.events.gone(c);
          else this.later(answer.code, answer.after, () => this.isBehind(c) && void this.fill(c));
          return;
        }
        for (const msg of answer.msgs) this.hold(msg);
        this.drain(c);
        if (answer.reset || this.next(c) === from) {
          this.startOver(c);
          return;
        }
      }
    });
  }

  /** Too much is missing to carry on from here: forget the window, take the counters and the newest page as they are. */
  private startOver(c: string): void {
    this.drop(c);
    this.events.stale();
    if (this.shown === c) void this.load(c);
  }

  /** An offline refusal is repeated by `catchUp`, another one after a while. */
  private later(code: string, after: number | undefined, work: () => void): void {
    if (code !== "offline") this.clock.after(after ?? repeatAfter, work);
  }

  private hold(msg: Msg): void {
    const here = this.held.get(msg.c) ?? new Map<number, Msg>();
    this.held.set(msg.c, here);
    here.set(msg.seq, msg);
    this.heard.set(msg.c, Math.max(msg.seq, this.heard.get(msg.c) ?? 0));
  }

  /** Moves held messages to where they follow. */
  private drain(c: string): void {
    const held = this.held.get(c);
    if (!held) return;
    let window = this.windows.get(c);
    const before = window;
    for (let msg = held.get(this.next(c, window)); msg; msg = held.get(this.next(c, window))) {
      if (window) window = appended(window, msg) ?? window;
      if (msg.seq === this.events.counted(c) + 1) this.events.count(msg);
    }
    for (const seq of held.keys()) if (seq < this.next(c, window)) held.delete(seq);
    if (window && window !== before) this.set(c, window);
  }

  /** The first message that is missing, from the counters or from the window. */
  private next(c: string, window = this.windows.get(c)): number {
    const counted = this.events.counted(c);
    return (window ? Math.min(counted, topOf(window)) : counted) + 1;
  }

  private isBehind(c: string): boolean {
    return this.next(c) <= Math.max(this.events.counted(c), this.heard.get(c) ?? 0);
  }

  private set(c: string, window: HistoryWindow): void {
    this.windows.set(c, window);
    this.events.changed(c, window);
  }

  private async alone(what: string, work: (isCurrent: () => boolean) => Promise<void>): Promise<void> {
    if (this.busy.has(what)) return;
    const generation = this.generation;
    this.busy.add(what);
    await work(() => generation === this.generation);
    if (generation === this.generation) this.busy.delete(what);
  }
}
