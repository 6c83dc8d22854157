import type { Clock } from "../socket/Clock";
import type { Transport } from "../socket/Transport";

const pause = 1_000;
const repeatAfter = 2_000;
const largestList = 100;

/** Tells the server how far messages have arrived here, and how far they were read: at most once a second, the last word always. */
export class Receipts {
  private readonly read = new Map<string, number>();
  private readonly readTold = new Map<string, number>();
  private readonly got = new Map<string, number>();
  private readonly gotTold = new Map<string, number>();
  private readonly back = new Map<string, { seq: number; rr: number }>();
  private online = false;
  private cancelRead: (() => void) | undefined;
  private cancelGot: (() => void) | undefined;
  private cancelAgain: (() => void) | undefined;

  constructor(
    private readonly transport: Transport,
    private readonly clock: Clock,
  ) {}

  /** The person has seen conversation `c` up to `seq`. The first word goes at once, more of them a second later. */
  sawUpTo(c: string, seq: number): void {
    if (seq <= (this.read.get(c) ?? this.readTold.get(c) ?? 0)) return;
    this.read.set(c, seq);
    if (!this.cancelRead) this.tellRead();
  }

  /** The person has put the marker back: `seq` is the first unread message, and `rr` says that this is the newest word. */
  unreadFrom(c: string, seq: number, rr: number): void {
    this.read.delete(c);
    this.readTold.delete(c);
    this.back.set(c, { seq, rr });
    void this.tellBack();
  }

  /** What was told of `c` has not become the server's state: it may be told again. */
  forget(c: string): void {
    this.readTold.delete(c);
  }

  /** Messages of `c` up to `seq` are on this device. */
  gotUpTo(c: string, seq: number): void {
    if (seq <= Math.max(this.got.get(c) ?? 0, this.gotTold.get(c) ?? 0)) return;
    this.got.set(c, seq);
    this.cancelGot ??= this.clock.after(pause, () => {
      this.cancelGot = undefined;
      void this.tellGot();
    });
  }

  setOnline(online: boolean): void {
    this.online = online;
    if (online) this.flush();
  }

  /** Says what is still unsaid now: the page is about to go, or the connection has just come. */
  flush(): void {
    this.cancelRead?.();
    this.cancelGot?.();
    this.cancelAgain?.();
    this.cancelRead = this.cancelGot = this.cancelAgain = undefined;
    void this.tellBack();
    this.tellRead();
    void this.tellGot();
  }

  stop(): void {
    this.cancelRead?.();
    this.cancelGot?.();
    this.cancelAgain?.();
  }

  /** What had no good answer is said again after a while, or when the connection is back. */
  private again(): void {
    if (this.online) this.cancelAgain ??= this.clock.after(repeatAfter, () => this.flush());
  }

  private tellRead(): void {
    if (!this.online || this.read.size === 0) return;
    for (const [c, seq] of this.read) void this.tellReadOf(c, seq);
    this.read.clear();
    this.cancelRead = this.clock.after(pause, () => {
      this.cancelRead = undefined;
      this.tellRead();
    });
  }

  private async tellReadOf(c: string, seq: number): Promise<void> {
    this.readTold.set(c, Math.max(seq, this.readTold.get(c) ?? 0));
    const answer = await this.transport.request("read", { c, seq });
    if (!answer.ok && answer.retry && seq > (this.read.get(c) ?? 0)) {
      this.read.set(c, seq);
      this.readTold.delete(c);
      this.again();
    }
  }

  private async tellBack(): Promise<void> {
    if (!this.online) return;
    for (const [c, { seq, rr }] of this.back) {
      this.back.delete(c);
      const answer = await this.transport.request("unread", { c, seq, rr });
      if (!answer.ok && answer.retry && !this.back.has(c)) {
        this.back.set(c, { seq, rr });
        this.again();
      }
    }
  }

  private async tellGot(): Promise<void> {
    if (!this.online || this.got.size === 0) return;
    const list = [...this.got].slice(0, largestList);
    for (const [c, seq] of list) {
      this.got.delete(c);
      this.gotTold.set(c, seq);
    }
    const answer = await this.transport.request("got", { list });
    if (!answer.ok && answer.retry) {
      for (const [c, seq] of list) {
        this.gotTold.delete(c);
        this.got.set(c, Math.max(seq, this.got.get(c) ?? 0));
      }
      this.again();
    } else if (this.got.size > 0) await this.tellGot();
  }
}
