import type { Clock } from "../socket/Clock";
import type { Transport } from "../socket/Transport";
import type { Answer, Chg, Msg, Trim } from "../socket/wire";
import { HeldChanges } from "./HeldChanges";
import type { HistoryWindow } from "./historyWindow";
import {
  appended,
  bottomOf,
  cutBelow,
  extended,
  holds,
  isContiguous,
  prepended,
  replaced,
  topOf,
  trimmed,
  trimmedBelow,
} from "./historyWindow";

export interface HistoryEvents {
  /** The newest message that the conversation's counters include. */
  counted(c: string): number;
  /** The newest change that the conversation's counters include. */
  revised(c: string): number;
  /** The message after that one is known now. */
  count(msg: Msg): void;
  /** The counters of changes move on to `rev`; `msgs` are the messages that changed, as they are now. */
  revise(c: string, rev: number, msgs: readonly Msg[]): void;
  /** The oldest message that is still kept. */
  kept(c: string): number;
  /** Nothing below `minSeq` is kept any more. */
  trimmed(c: string, minSeq: number): void;
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
/** So many messages of one conversation are in memory; the far end is let go while the person scrolls. */
const shownAtMost = 1_000;
/** And so many when they come in by themselves: letting go of the oldest then could take the reader's place away. */
const grownAtMost = 3_000;
const windowsAtMost = 20;
const repeatAfter = 2_000;

/**
 * The messages in memory, per conversation one window without a hole. A message that does not follow is held back until the
 * missing ones have been fetched, so that a hole never becomes visible; a change that does not follow likewise.
 */
export class History {
  private readonly windows = new Map<string, HistoryWindow>();
  private readonly held = new Map<string, Map<number, Msg>>();
  private readonly heard = new Map<string, number>();
  private readonly changes: HeldChanges;
  private readonly overdue = new Set<string>();
  private readonly busy = new Set<string>();
  private generation = 0;
  private shown: string | undefined;

  constructor(
    private readonly transport: Transport,
    private readonly clock: Clock,
    private readonly events: HistoryEvents,
  ) {
    this.changes = new HeldChanges(clock, (c) => {
      this.overdue.add(c);
      if (this.isBehind(c)) void this.fill(c);
    });
  }

  has(c: string): boolean {
    return this.windows.has(c);
  }

  /** A message from the server, in any order, any number of times. */
  receive(msg: Msg): void {
    this.hold(msg);
    this.drain(msg.c);
    if (this.isBehind(msg.c)) void this.fill(msg.c);
  }

  /** A change of a message, in any order, any number of times. */
  change(chg: Chg): void {
    this.changes.add(chg);
    this.drainChanges(chg.c);
  }

  /** The oldest messages are no longer kept: a change, in any order, any number of times, like those of a message. */
  trim(trim: Trim): void {
    this.letGo(trim.c, trim.minSeq);
    this.changes.add(trim);
    this.drainChanges(trim.c);
  }

  /** Something speaks of message `seq`, so there is one, whether it came or not. */
  heardOf(c: string, seq: number): void {
    this.heard.set(c, Math.max(seq, this.heard.get(c) ?? 0));
    if (this.isBehind(c)) void this.fill(c);
  }

  /** The person looks at this conversation now (or at none). */
  show(c: string | undefined): void {
    if (this.shown !== undefined && this.shown !== c) this.putAside(this.shown);
    this.shown = c;
    if (c !== undefined) this.bringUp(c);
  }

  /** Fetches what is missing, now that there is a connection or that the counters have moved. */
  catchUp(): void {
    for (const c of [...this.windows.keys()]) {
      this.letGo(c, this.events.kept(c));
      if (this.isBehind(c)) void this.fill(c);
    }
    if (this.shown !== undefined) this.bringUp(this.shown);
  }

  async loadOlder(c: string): Promise<void> {
    const window = this.windows.get(c);
    if (!window || window.first) return;
    await this.alone(`older ${c}`, async () => {
      const rev = this.events.revised(c);
      const answer = await this.transport.request("page", { c, before: bottomOf(window), limit: pageSize });
      const current = this.windows.get(c);
      if (!answer.ok || !current) return;
      const longer = prepended(current, answer.msgs, answer.first);
      if (longer) this.set(c, since(trimmedBelow(longer, shownAtMost), rev));
    });
    if (this.isBehind(c)) void this.fill(c);
  }

  /** The other direction, for a window that a jump into the past has left somewhere in the middle. */
  async loadNewer(c: string): Promise<void> {
    const window = this.windows.get(c);
    if (!window || window.last) return;
    await this.alone(`newer ${c}`, async () => {
      const rev = this.events.revised(c);
      const answer = await this.transport.request("page", { c, after: topOf(window), limit: pageSize });
      const current = this.windows.get(c);
      if (!answer.ok || !current) return;
      const longer = extended(current, answer.msgs, answer.last);
      if (longer) this.set(c, since(trimmed(longer, shownAtMost), rev));
      this.drain(c);
    });
    if (this.isBehind(c)) void this.fill(c);
  }

  /** Brings the message into the window. False when the server does not have it, or cannot be asked. */
  async bring(c: string, seq: number): Promise<boolean> {
    const has = () => {
      const window = this.windows.get(c);
      return window !== undefined && holds(window, seq);
    };
    if (has()) return true;
    await this.alone(`around ${c}`, async (isCurrent) => {
      const rev = this.events.revised(c);
      const answer = await this.transport.request("page", { c, around: seq, limit: pageSize });
      if (isCurrent()) this.take(c, answer, rev);
    });
    return has();
  }

  /** Back from the past: the newest page. */
  async bringNewest(c: string): Promise<void> {
    if (this.windows.get(c)?.last !== false) return;
    await this.alone(`around ${c}`, async (isCurrent) => {
      const rev = this.events.revised(c);
      const answer = await this.transport.request("page", { c, limit: pageSize });
      if (isCurrent()) this.take(c, answer, rev);
    });
    if (this.isBehind(c)) void this.fill(c);
  }

  drop(c: string): void {
    this.heard.delete(c);
    this.held.delete(c);
    this.changes.drop(c);
    if (this.windows.delete(c)) this.events.changed(c, undefined);
  }

  /** The server's counters began anew: nothing in memory is worth anything. */
  dropAll(): void {
    this.generation += 1;
    this.busy.clear();
    for (const c of [...this.windows.keys()]) this.drop(c);
    this.held.clear();
    this.heard.clear();
    this.changes.clear();
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
    if (!window.last) {
      this.events.changed(c, undefined); // next time it opens where it should, not where a jump led
      return;
    }
    this.windows.set(c, window);
    if (window.msgs.length > keptAtMost) this.set(c, trimmed(window, keptAtMost));
    const oldest = this.windows.keys().next().value as string;
    if (this.windows.size > windowsAtMost) this.drop(oldest);
  }

  private async load(c: string): Promise<void> {
    await this.alone(`load ${c}`, async (isCurrent) => {
      const rev = this.events.revised(c);
      const newest = await this.transport.request("page", { c, limit: pageSize });
      if (!isCurrent()) return;
      if (!newest.ok) {
        if (newest.code === "not_found") this.events.gone(c);
        else this.later(newest.code, newest.after, () => this.shown === c && this.bringUp(c));
        return;
      }
      const msgs = isContiguous(newest.msgs) ? newest.msgs : [];
      const base = msgs.length === 0 ? { base: this.events.kept(c) - 1 } : {};
      let window: HistoryWindow = { msgs, first: newest.first, last: true, rev, ...base };
      const wanted = this.events.wanted(c) ?? Infinity;
      while (!window.first && bottomOf(window) > wanted && window.msgs.length < openedAtMost) {
        const older = await this.transport.request("page", { c, before: bottomOf(window), limit: pageSize });
        if (!isCurrent()) return;
        const longer = older.ok ? prepended(window, older.msgs, older.first) : undefined;
        if (!longer || longer.msgs.length === window.msgs.length) break;
        window = longer;
      }
      this.open(c, window);
    });
    if (this.isBehind(c)) void this.fill(c);
  }

  /** A page as a window of its own. `rev` is from before the page was asked for: what changed later came by itself. */
  private take(c: string, answer: Answer<"page">, rev: number): void {
    if (!answer.ok || !isContiguous(answer.msgs) || answer.msgs.length === 0) return;
    this.open(c, { msgs: answer.msgs, first: answer.first, last: answer.last, rev });
  }

  private open(c: string, window: HistoryWindow): void {
    this.set(c, window);
    if (window.last) { for (const msg of window.msgs) if (msg.seq > this.events.counted(c)) this.hold(msg); }
    this.drain(c);
  }

  private async fill(c: string): Promise<void> {
    await this.alone(`fill ${c}`, async (isCurrent) => {
      while (this.isBehind(c)) {
        const from = this.next(c);
        const rev = this.knownRev(c);
        const answer = await this.transport.request("gap", { c, from, rev, limit: gapSize });
        if (!isCurrent()) return;
        if (!answer.ok) {
          if (answer.code === "not_found") this.events.gone(c);
          else this.later(answer.code, answer.after, () => this.isBehind(c) && void this.fill(c));
          return;
        }
        if (answer.minSeq !== undefined) this.letGo(c, answer.minSeq);
        for (const msg of answer.msgs) this.hold(msg);
        this.drain(c);
        if (!answer.reset) this.revise(c, answer);
        if (answer.reset || (this.next(c) === from && this.knownRev(c) === rev && this.isBehind(c))) {
          this.startOver(c);
          return;
        }
      }
    });
  }

  /** What a gap says of changes. The answer's own messages are as they are now, so only older ones have to be told. */
  private revise(c: string, answer: { changed?: readonly Msg[]; changesMore?: boolean; rev: number }): void {
    const { changed = [], changesMore = false } = answer;
    const rev = changesMore ? Math.max(0, ...changed.map((msg) => msg.rev ?? 0)) : answer.rev;
    this.overdue.delete(c);
    this.advance(c, rev, changed);
    this.drainChanges(c);
  }

  private advance(c: string, rev: number, msgs: readonly Msg[]): void {
    const window = this.windows.get(c);
    if (window) {
      const revised = msgs.reduce(replaced, window);
      if (rev > window.rev || revised !== window) this.set(c, { ...revised, rev: Math.max(rev, window.rev) });
    }
    for (const msg of msgs) this.renew(msg);
    this.events.revise(c, rev, msgs);
  }

  /** A message that is still held back is not let in as it was before the change. */
  private renew(msg: Msg): void {
    const held = this.held.get(msg.c);
    const before = held?.get(msg.seq);
    if (before && (before.rev ?? 0) < (msg.rev ?? 0)) held?.set(msg.seq, msg);
  }

  private drainChanges(c: string): void {
    const list = this.changes.take(c, this.knownRev(c));
    const newest = list[list.length - 1];
    if (!newest) return;
    const msgs = list.flatMap(({ msg, rev }) => (msg ? [{ ...msg, rev: msg.rev ?? rev }] : []));
    this.advance(c, newest.rev, msgs);
  }

  /** Too much is missing to carry on from here: forget the window, take the counters and the newest page as they are. */
  private startOver(c: string): void {
    this.overdue.delete(c);
    this.drop(c);
    this.events.stale();
    if (this.shown === c) void this.load(c);
  }

  /** What is no longer kept goes from everywhere it may be. */
  private letGo(c: string, minSeq: number): void {
    this.events.trimmed(c, minSeq);
    const held = this.held.get(c);
    for (const seq of held ? [...held.keys()] : []) if (seq < minSeq) held?.delete(seq);
    const window = this.windows.get(c);
    const cut = window && cutBelow(window, minSeq);
    if (cut && cut !== window) this.set(c, cut);
  }

  /** An offline refusal is repeated by `catchUp`, another one after a while. */
  private later(code: string, after: number | undefined, work: () => void): void {
    if (code !== "offline") this.clock.after(after ?? repeatAfter, work);
  }

  private hold(msg: Msg): void {
    const here = this.held.get(msg.c) ?? new Map<number, Msg>();
    this.held.set(msg.c, here);
    const before = here.get(msg.seq);
    if (!before || (before.rev ?? 0) <= (msg.rev ?? 0)) here.set(msg.seq, msg);
    this.heard.set(msg.c, Math.max(msg.seq, this.heard.get(msg.c) ?? 0));
  }

  /** Moves held messages to where they follow. */
  private drain(c: string): void {
    const held = this.held.get(c);
    if (!held) return;
    let window = this.windows.get(c);
    const before = window;
    let place = this.next(c, window);
    for (let msg = held.get(place); msg; msg = held.get(place)) {
      if (window?.last) window = appended(window, msg) ?? window;
      if (msg.seq === this.events.counted(c) + 1) this.events.count(msg);
      const next = this.next(c, window);
      if (next <= place) break; // nobody counts: the conversation is not known (any more)
      place = next;
    }
    for (const seq of held.keys()) if (seq < this.next(c, window)) held.delete(seq);
    if (!window || window === before) return;
    this.set(c, window.msgs.length > grownAtMost ? trimmed(window, shownAtMost) : window);
  }

  /** The first message that is missing, from the counters or from a window that reaches to the end. */
  private next(c: string, window = this.windows.get(c)): number {
    const counted = this.events.counted(c);
    return (window?.last ? Math.min(counted, topOf(window)) : counted) + 1;
  }

  private knownRev(c: string): number {
    const revised = this.events.revised(c);
    const window = this.windows.get(c);
    return window ? Math.min(revised, window.rev) : revised;
  }

  private isBehind(c: string): boolean {
    if (this.next(c) <= Math.max(this.events.counted(c), this.heard.get(c) ?? 0)) return true;
    const known = this.knownRev(c);
    return known < this.events.revised(c) || (this.overdue.has(c) && known < this.changes.newest(c));
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

/** What changed while the page was on its way may not be in it. */
function since(window: HistoryWindow, rev: number): HistoryWindow {
  return rev < window.rev ? { ...window, rev } : window;
}
