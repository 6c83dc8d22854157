import type { Clock } from "../socket/Clock";

export interface Typist {
  readonly u: string;
  readonly name: string;
}

const shownFor = 6_000;

/** Who is typing where. An entry goes away after 6 s, or when the person's message arrives. */
export class TypingBoard {
  private readonly entries = new Map<string, Map<string, { typist: Typist; cancel: () => void }>>();

  constructor(
    private readonly clock: Clock,
    private readonly changed: (c: string, typists: readonly Typist[]) => void,
  ) {}

  typing(c: string, typist: Typist): void {
    const here = this.entries.get(c) ?? new Map<string, { typist: Typist; cancel: () => void }>();
    this.entries.set(c, here);
    here.get(typist.u)?.cancel();
    here.set(typist.u, { typist, cancel: this.clock.after(shownFor, () => this.stopped(c, typist.u)) });
    this.tell(c);
  }

  stopped(c: string, u: string): void {
    const entry = this.entries.get(c)?.get(u);
    if (!entry) return;
    entry.cancel();
    this.entries.get(c)?.delete(u);
    this.tell(c);
  }

  clear(): void {
    for (const c of [...this.entries.keys()]) {
      for (const { cancel } of this.entries.get(c)?.values() ?? []) cancel();
      this.entries.delete(c);
      this.tell(c);
    }
  }

  private tell(c: string): void {
    this.changed(c, [...(this.entries.get(c)?.values() ?? [])].map(({ typist }) => typist));
  }
}
