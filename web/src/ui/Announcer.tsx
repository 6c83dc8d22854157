import { announcement } from "./announce";
import { useStore } from "./Store";

/** The place that screen readers watch. It must be there before anything is said. */
export function Announcer() {
  const text = useStore(announcement, (now) => now);
  return <p className="unseen" role="status" aria-live="polite">{text}</p>;
}
