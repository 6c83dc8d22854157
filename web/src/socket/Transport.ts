import type { Answer, Requests } from "./wire";

/**
 * How the rest of the program talks to the server. A request never rejects: without a connection, and when the answer does
 * not come in time, it is answered by a refusal with `retry: true` and the code "offline" or "timeout".
 */
export interface Transport {
  request<E extends keyof Requests>(event: E, payload: Requests[E]["payload"]): Promise<Answer<E>>;
  /** Sent when the connection can take it now, forgotten otherwise. */
  hint(event: string, payload: object): void;
}
