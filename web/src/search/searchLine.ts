import { Store } from "../ui/Store";
import type { Filters } from "./query";

/** Kept while the page lives, so that coming back from a message finds the results as they were. */
export const searchLine = new Store<{ readonly words: string; readonly filters: Filters }>({ words: "", filters: {} });

/** The search begins anew, in one conversation. */
export function searchIn(c: string): void {
  searchLine.set({ words: "", filters: { in: c } });
}
