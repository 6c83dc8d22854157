import type { Conv } from "../socket/wire";
import { byActivity } from "./book";

/**
 * The conversations of the list, newest activity first. A direct one without a message is listed only while
 * it is open or something has been begun in it.
 */
export function listed(
  convs: ReadonlyMap<string, Conv>,
  open: string | undefined,
  begun: ReadonlySet<string> = new Set(),
): Conv[] {
  return [...convs.values()].filter((conv) =>
    conv.seq > 0 || conv.kind !== "direct" || conv.c === open || begun.has(conv.c)
  ).sort(
    byActivity,
  );
}
