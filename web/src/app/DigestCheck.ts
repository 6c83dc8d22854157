import type { Clock } from "../socket/Clock";

/** A state that has just moved may be ahead of the server's word, or behind it. */
const stillness = 2_000;

/** Compares what the server says of the state with what is here. Different twice in a row: something was lost. */
export class DigestCheck {
  private digest: string | undefined;
  private changedAt: number | undefined;
  private misses = 0;

  constructor(
    private readonly clock: Clock,
    private readonly local: () => string,
  ) {
    this.look();
  }

  /** The state may have changed. */
  look(): void {
    const now = this.local();
    if (now === this.digest) return;
    this.digest = now;
    this.changedAt = this.clock.now();
  }

  /** The server's digest; true when it is time to ask for everything again. */
  differs(remote: string): boolean {
    if (this.clock.now() - (this.changedAt ?? 0) < stillness) return false;
    this.misses = remote === this.digest ? 0 : this.misses + 1;
    if (this.misses < 2) return false;
    this.misses = 0;
    return true;
  }

  reset(): void {
    this.misses = 0;
  }
}
