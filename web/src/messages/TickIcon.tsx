import type { Tick } from "./ticks";
import { tickLabel } from "./ticks";

const drawings: Readonly<Record<Tick, string>> = {
  sending: "M8 3.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6zM8 5.5V8l1.7 1.2",
  sent: "M4.5 8.5l2.8 2.8 5.7-6.3",
  delivered: "M1.5 8.5l2.8 2.8L10 5M8 11.3L13.7 5",
  read: "M1.5 8.5l2.8 2.8L10 5M8 11.3L13.7 5",
};

/** How far an own message has come. Its place is the same for every state, so the text never moves. */
export function TickIcon({ tick }: { tick: Tick }) {
  return (
    <svg
      className={`tick tick-${tick}`}
      role="img"
      aria-label={tickLabel(tick)}
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={drawings[tick]} />
    </svg>
  );
}
