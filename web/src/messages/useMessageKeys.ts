import type { KeyboardEvent, RefObject } from "react";
import { useCallback } from "react";
import { useChatState } from "../app/session";
import type { Conv, Msg } from "../socket/wire";
import type { MessageActions } from "./actions";
import { placeOf, rightsOf, useMessageActions } from "./actions";
import type { MessageScroller } from "./MessageScroller";
import type { DayData } from "./rows";

/**
 * The keyboard in the message list: arrows go from message to message; on a message R replies, E edits, + reacts, P pins,
 * U marks unread, T opens its replies, Enter opens the menu, Delete deletes; End goes to the newest, Escape leaves.
 */
export function useMessageKeys(
  conv: Conv,
  days: readonly DayData[],
  scroller: RefObject<MessageScroller>,
): (event: KeyboardEvent) => void {
  const actions = useMessageActions();
  const me = useChatState((state) => state.me);

  return useCallback((event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    const article = target.closest("article");
    const inList = target.classList.contains("scroller") || target === article;
    if (!inList || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const next = neighbour(event.currentTarget, article, event.key === "ArrowUp");
      event.preventDefault();
      next?.focus({ preventScroll: true });
      next?.scrollIntoView({ block: "nearest" });
      return;
    }
    if (event.key === "End") {
      event.preventDefault();
      scroller.current?.toEnd();
      return;
    }
    if (!article) return;
    if (event.key === "Escape") scroller.current?.focus();
    const key = article.closest<HTMLElement>("[data-key]")?.dataset["key"];
    const row = days.flatMap(({ rows }) => rows).find((one) => one.key === key);
    const msg = row?.kind === "message" ? row.msg : undefined;
    if (!msg || msg.del) return;
    const work = workOf(event.key, msg, conv, me, actions, article);
    if (!work) return;
    event.preventDefault();
    work();
  }, [actions, conv, days, me, scroller]);
}

function workOf(
  key: string,
  msg: Msg,
  conv: Conv,
  me: Parameters<typeof rightsOf>[2],
  actions: MessageActions,
  article: Element,
): (() => void) | undefined {
  const rights = rightsOf(msg, conv, me);
  const work: Readonly<Record<string, [allowed: boolean, work: () => void]>> = {
    r: [rights.write, () => actions.reply(msg)],
    e: [rights.edit, () => actions.edit(msg)],
    "+": [rights.react, () => actions.pickReaction(msg, placeOf(article))],
    p: [rights.pin, () => actions.pin(msg)],
    u: [true, () => actions.unreadFrom(msg)],
    t: [true, () => actions.thread(msg.seq)],
    Enter: [true, () => actions.menu(msg, placeOf(article))],
    ContextMenu: [true, () => actions.menu(msg, placeOf(article))],
    Delete: [rights.remove, () => actions.remove(msg)],
  };
  const [allowed, does] = work[key.length === 1 ? key.toLowerCase() : key] ?? [false, undefined];
  return allowed ? does : undefined;
}

/** The message before or after; from the list itself the last one that is on screen. */
function neighbour(list: Element, article: Element | null, up: boolean): HTMLElement | undefined {
  const all = [...list.querySelectorAll<HTMLElement>("article")];
  if (article) return all[all.indexOf(article as HTMLElement) + (up ? -1 : 1)];
  const bottom = list.getBoundingClientRect().bottom;
  return all.reverse().find((one) => one.getBoundingClientRect().bottom <= bottom) ?? all[0];
}
