import type { Clock } from "../socket/Clock";
import type { Transport } from "../socket/Transport";
import type { Conv } from "../socket/wire";

const repeatAfter = 2_000;

export interface ListSyncOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly epoch: () => string | undefined;
  /** A question is on its way. */
  readonly begun: () => void;
  readonly came: (epoch: string, list: readonly Conv[]) => void;
}

/** Asks for the list of conversations: one question at a time; a wish while one is under way makes another one follow. */
export class ListSync {
  private asking = false;
  private again = false;

  constructor(private readonly options: ListSyncOptions) {}

  get isAsking(): boolean {
    return this.asking;
  }

  /** `why` is counted by the server: a digest that differs tells of a loss. */
  async ask(why?: "tick"): Promise<void> {
    if (this.asking) {
      this.again = true;
      return;
    }
    const { transport, clock, epoch, begun, came } = this.options;
    this.asking = true;
    begun();
    const known = epoch();
    const answer = await transport.request("sync", {
      ...(known !== undefined && { epoch: known }),
      ...(why && { why }),
    });
    this.asking = false;
    if (answer.ok) came(answer.epoch, answer.convs);
    else if (answer.code !== "offline") clock.after(answer.after ?? repeatAfter, () => void this.ask());
    if (answer.ok && this.again) {
      this.again = false;
      void this.ask();
    }
  }
}
