import { Store } from "./Store";

export interface Toast {
  readonly id: number;
  readonly text: string;
}

export const toasts = new Store<readonly Toast[]>([]);
const shownFor = 3_500;
let count = 0;

/** A short notice that goes away by itself. Nothing may depend on its being read. */
export function toast(text: string): void {
  const id = ++count;
  toasts.set([...toasts.get().slice(-2), { id, text }]);
  setTimeout(() => toasts.set(toasts.get().filter((other) => other.id !== id)), shownFor);
}
