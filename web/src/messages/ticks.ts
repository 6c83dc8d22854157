import { t } from "../i18n/translate";
import type { Mark } from "../socket/wire";

/** How far an own message has come. */
export type Tick = "sending" | "sent" | "delivered" | "read";

/**
 * Delivered, or read, means by every other member. Without marks (a large room, or nobody else there) a message that is on
 * the server's disk stays "sent".
 */
export function tickOf(seq: number, marks: readonly Mark[] | null | undefined): Tick {
  if (!marks || marks.length === 0) return "sent";
  if (marks.every(([, , read]) => read >= seq)) return "read";
  return marks.every(([, got, read]) => Math.max(got, read) >= seq) ? "delivered" : "sent";
}

export function tickLabel(tick: Tick): string {
  return t(tickKeys[tick]);
}

const tickKeys = {
  sending: "msg.sending",
  sent: "msg.sent",
  delivered: "msg.delivered",
  read: "msg.read",
} as const;
