import type { Transport } from "../src/socket/Transport";
import type { Answer, Refusal, Requests } from "../src/socket/wire";

export interface Call {
  readonly event: string;
  readonly payload: Record<string, unknown>;
  answer(value: unknown): void;
}

/** Records requests. Those with a script are answered by it at once, the others when the test says so. */
export class FakeTransport implements Transport {
  readonly calls: Call[] = [];
  readonly hints: { event: string; payload: object }[] = [];
  private readonly scripts = new Map<string, (payload: never) => unknown>();

  script<E extends keyof Requests>(event: E, answer: (payload: Requests[E]["payload"]) => Answer<E>): void {
    this.scripts.set(event, answer as (payload: never) => unknown); // undefined: answered by the test
  }

  request<E extends keyof Requests>(event: E, payload: Requests[E]["payload"]): Promise<Answer<E>> {
    return new Promise((resolve) => {
      const answer = (value: unknown) => resolve(value as Answer<E>);
      this.calls.push({ event, payload: payload as Record<string, unknown>, answer });
      const script = this.scripts.get(event);
      if (script) answer(script(payload as never));
    });
  }

  hint(event: string, payload: object): void {
    this.hints.push({ event, payload });
  }

  of(event: string): Call[] {
    return this.calls.filter((call) => call.event === event);
  }

  last(event: string): Call {
    const call = this.of(event).pop();
    if (!call) throw new Error(`no ${event} was requested`);
    return call;
  }
}

export function refusal(code: string, retry: boolean, after?: number): Refusal {
  return after === undefined
    ? { ok: false, code, message: code, retry }
    : { ok: false, code, message: code, retry, after };
}
