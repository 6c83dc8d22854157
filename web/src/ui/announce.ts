import { Store } from "./Store";

export const announcement = new Store("");

/** Said by screen readers when they have finished what they are saying, and not shown. */
export function announce(text: string): void {
  // The same sentence twice is news twice: a space without width makes it another text.
  announcement.set(announcement.get() === text ? `${text}\u200b` : text);
}
