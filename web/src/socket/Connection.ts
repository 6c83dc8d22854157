import { Store } from "../ui/Store";
import { backoff } from "./backoff";
import type { Clock } from "./Clock";
import type { Line } from "./Line";
import type { Transport } from "./Transport";
import type { Answer, Hello, Refusal, Requests } from "./wire";

/**
 *                    hello                      lost
 *   connecting ----------------> online ----------------+
 *        ^  |                                           |
 *        |  +--- refused, no hello in time ----> waiting <
 *        +---------------- time is up, retry ------+
 */
export type Phase = "connecting" | "online" | "waiting";

export interface ConnectionStatus {
  readonly phase: Phase;
  /** When the connection was lost or first tried; undefined while online. */
  readonly since: number | undefined;
  /** When the next attempt starts, while waiting. */
  readonly retryAt: number | undefined;
}

export interface ConnectionEvents {
  hello(hello: Hello): void;
  lost(): void;
  event(name: string, payload: unknown): void;
  /** The session is no longer valid. The connection does not try again. */
  unauthorized(): void;
}

const answerTime = 10_000;
const helloTime = 10_000;
const offline: Refusal = { ok: false, code: "offline", message: "There is no connection.", retry: true };
const timeout: Refusal = { ok: false, code: "timeout", message: "The server did not answer.", retry: true };
const unclear: Refusal = {
  ok: false,
  code: "unavailable",
  message: "The server's answer was not understood.",
  retry: true,
};

/** Keeps one line to the server open: says hello to it, and comes back after a loss. */
export class Connection implements Transport {
  readonly status: Store<ConnectionStatus>;
  private tries = 0;
  private cancelTimer: () => void = () => {};

  constructor(
    private readonly line: Line,
    private readonly clock: Clock,
    private readonly events: ConnectionEvents,
    private readonly random: () => number = Math.random,
  ) {
    this.status = new Store<ConnectionStatus>({ phase: "connecting", since: clock.now(), retryAt: undefined });
  }

  start(): void {
    this.open();
  }

  stop(): void {
    this.cancelTimer();
    this.line.close();
  }

  /** The person, or the browser's `online` event, does not want to wait for the countdown. */
  retryNow(): void {
    if (this.status.get().phase === "waiting") this.open();
  }

  async request<E extends keyof Requests>(event: E, payload: Requests[E]["payload"]): Promise<Answer<E>> {
    if (this.status.get().phase !== "online") return offline;
    try {
      const answer = await this.line.request(event, payload, answerTime);
      return isAnswer<E>(answer) ? answer : unclear;
    } catch {
      return this.status.get().phase === "online" ? timeout : offline;
    }
  }

  hint(event: string, payload: object): void {
    if (this.status.get().phase === "online") this.line.hint(event, payload);
  }

  private open(): void {
    this.cancelTimer();
    this.set("connecting");
    this.cancelTimer = this.clock.after(helloTime + answerTime, () => this.giveUp());
    this.line.open({
      opened: () => {
        if (this.status.get().phase === "online") return; // events that came early are delivered before this one
        this.cancelTimer();
        this.cancelTimer = this.clock.after(helloTime, () => this.giveUp());
      },
      refused: (reason) => this.refused(reason),
      lost: () => this.wait(),
      event: (name, payload) => this.receive(name, payload),
    });
  }

  private receive(name: string, payload: unknown): void {
    if (name !== "hello") {
      if (this.status.get().phase === "online") this.events.event(name, payload);
      return;
    }
    this.cancelTimer();
    this.tries = 0;
    this.set("online");
    this.events.hello(payload as Hello);
  }

  private refused(reason: string): void {
    if (reason !== "unauthorized") {
      this.wait();
      return;
    }
    this.stop();
    this.events.unauthorized();
  }

  private giveUp(): void {
    this.line.close();
    this.wait();
  }

  private wait(): void {
    this.cancelTimer();
    const wasOnline = this.status.get().phase === "online";
    this.tries += 1;
    const delay = backoff(this.tries, this.random());
    this.set("waiting", this.clock.now() + delay);
    this.cancelTimer = this.clock.after(delay, () => this.open());
    if (wasOnline) this.events.lost();
  }

  private set(phase: Phase, retryAt?: number): void {
    const since = phase === "online" ? undefined : this.status.get().since ?? this.clock.now();
    this.status.set({ phase, since, retryAt });
  }
}

function isAnswer<E extends keyof Requests>(value: unknown): value is Answer<E> {
  return typeof value === "object" && value !== null && typeof (value as { ok?: unknown }).ok === "boolean";
}
