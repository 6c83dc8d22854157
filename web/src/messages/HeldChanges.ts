import type { Clock } from "../socket/Clock";
import type { Change } from "../socket/wire";

/** Nodes of a cluster may swap two changes; a hole that lasts longer is a lost one. */
const patience = 300;

/** Changes that came before the one they follow. Handed out in order; a hole that stays is reported. */
export class HeldChanges {
  private readonly held = new Map<string, Map<number, Change>>();
  private readonly timers = new Map<string, () => void>();

  constructor(
    private readonly clock: Clock,
    private readonly missing: (c: string) => void,
  ) {}

  add(chg: Change): void {
    const here = this.held.get(chg.c) ?? new Map<number, Change>();
    this.held.set(chg.c, here);
    here.set(chg.rev, chg);
  }

  /** What follows revision `known` without a hole, in order. Repeated ones are dropped. */
  take(c: string, known: number): Change[] {
    const here = this.held.get(c);
    if (!here) return [];
    const list: Change[] = [];
    for (let next = here.get(known + 1); next; next = here.get(known + list.length + 1)) list.push(next);
    for (const rev of [...here.keys()]) if (rev <= known + list.length) here.delete(rev);
    this.watch(c, here.size > 0);
    return list;
  }

  /** The newest revision that is waiting. */
  newest(c: string): number {
    return Math.max(0, ...(this.held.get(c)?.keys() ?? []));
  }

  drop(c: string): void {
    this.held.delete(c);
    this.watch(c, false);
  }

  clear(): void {
    for (const c of [...this.held.keys()]) this.drop(c);
  }

  private watch(c: string, waiting: boolean): void {
    if (waiting === this.timers.has(c)) return;
    if (waiting) {
      this.timers.set(
        c,
        this.clock.after(patience, () => {
          this.timers.delete(c);
          this.missing(c);
        }),
      );
      return;
    }
    this.timers.get(c)?.();
    this.timers.delete(c);
  }
}
