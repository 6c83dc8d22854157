import { useLayoutEffect, useRef } from "react";
import { focusNextPane } from "./panes";

export interface ShortcutWork {
  readonly switcher: () => void;
  readonly search: () => void;
  readonly settings: () => void;
  readonly list: () => void;
  /** To the conversation before or after; to one that calls me when `unread`. */
  readonly step: (step: 1 | -1, unread: boolean) => void;
}

/**
 * The keys that work everywhere. Those without Ctrl or Alt are letters while somebody writes.
 *
 * From the first frame on: in a passive effect a key that is pressed right after it would be lost.
 */
export function useShortcuts(work: ShortcutWork): void {
  const now = useRef(work);
  useLayoutEffect(() => {
    now.current = work;
  });
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
      const what = shortcutOf(event, now.current);
      if (!what) return;
      event.preventDefault();
      what();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

function shortcutOf(event: KeyboardEvent, work: ShortcutWork): (() => void) | undefined {
  const { key, altKey, shiftKey } = event;
  const mod = event.ctrlKey || event.metaKey;
  if (mod && !altKey && !shiftKey) {
    if (key.toLowerCase() === "k") return work.switcher;
    return key === "," ? work.settings : undefined;
  }
  if (mod) return undefined;
  if (altKey && (key === "ArrowDown" || key === "ArrowUp")) {
    return () => work.step(key === "ArrowDown" ? 1 : -1, shiftKey);
  }
  if (key === "F6") return () => focusNextPane(shiftKey ? -1 : 1);
  if (altKey || isWriting(event.target)) return undefined;
  if (key === "/") return work.search;
  return key === "?" ? work.list : undefined;
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
