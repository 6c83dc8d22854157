import type { KeyboardEvent } from "react";

/** Up and Down walk through the rows of a list, and between its first row and the search box above it. */
export function moveInList(event: KeyboardEvent, pane: HTMLElement | null): void {
  if ((event.key !== "ArrowDown" && event.key !== "ArrowUp") || !pane || event.nativeEvent.isComposing) return;
  const stops = [...pane.querySelectorAll<HTMLElement>('input[type="search"], .list-row')];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
