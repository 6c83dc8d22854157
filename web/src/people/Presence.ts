import type { Clock } from "../socket/Clock";
import type { Transport } from "../socket/Transport";
import type { PresenceEntry, PresenceState } from "../socket/wireRooms";
import { Store } from "../ui/Store";

export interface Seen {
  readonly state: PresenceState;
  readonly lastSeen: number | null;
}

const pause = 250;
const most = 200;

/** Who of those on the screen is there: watches exactly the people that somebody shows, and tells what the server says. */
export class Presence {
  readonly store = new Store<ReadonlyMap<string, Seen>>(new Map());
  private readonly needed = new Map<string, number>();
  private watched = "";
  private cancel: (() => void) | undefined;

  constructor(private readonly transport: Transport, private readonly clock: Clock) {}

  /** While a screen shows this person. The answer ends it. */
  need(u: string): () => void {
    this.needed.set(u, (this.needed.get(u) ?? 0) + 1);
    this.plan();
    return () => {
      const left = (this.needed.get(u) ?? 1) - 1;
      if (left > 0) this.needed.set(u, left);
      else this.needed.delete(u);
      this.plan();
    };
  }

  /** A new connection watches nobody yet. */
  online(): void {
    this.watched = "";
    this.plan();
  }

  /** What was known is not known any more. */
  offline(): void {
    this.store.set(new Map());
  }

  told(list: readonly PresenceEntry[]): void {
    const next = new Map(this.store.get());
    for (const [u, state, lastSeen] of list) next.set(u, { state, lastSeen });
    this.store.set(next);
  }

  stop(): void {
    this.cancel?.();
  }

  private plan(): void {
    this.cancel ??= this.clock.after(pause, () => {
      this.cancel = undefined;
      void this.watch();
    });
  }

  private async watch(): Promise<void> {
    const users = [...this.needed.keys()].slice(0, most).sort();
    const key = users.join();
    if (key === this.watched) return;
    this.watched = key;
    const answer = await this.transport.request("watch", { users });
    if (answer.ok) this.told(answer.list);
    else if (this.watched === key) this.watched = ""; // asked again with the next change, or the next connection
  }
}
