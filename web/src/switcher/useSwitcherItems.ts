import { useMemo } from "react";
import { conversationPath, goTo } from "../app/route";
import { useChat, useChatState, useConnection } from "../app/session";
import { listed } from "../conversations/listed";
import { matches } from "../conversations/matches";
import { useSearch } from "../conversations/useSearch";
import { t } from "../i18n/translate";
import { refusalSentence } from "../session/errorText";
import type { Conv } from "../socket/wire";
import type { IconName } from "../ui/Icon";
import { toast } from "../ui/toast";
import type { SwitcherActions } from "./actions";
import { actionsOf } from "./actions";

export interface SwitcherItem {
  readonly id: string;
  readonly title: string;
  readonly detail?: string | undefined;
  readonly kind: string;
  readonly icon?: IconName;
  readonly face?: string;
  readonly image?: string | null | undefined;
  readonly room?: boolean;
  readonly unread?: number;
  readonly pick: () => void;
}

const recent = 7;

/** What the switcher offers: without letters the last conversations, else everything that fits, what is mine first. */
export function useSwitcherItems(text: string, actions: SwitcherActions): { items: SwitcherItem[]; complete: boolean } {
  const chat = useChat();
  const connection = useConnection();
  const convs = useChatState((state) => state.convs);
  const results = useSearch(text);
  const q = text.trim();

  return useMemo(() => {
    async function arrive(event: "dm" | "room.join", id: string) {
      const answer = event === "dm"
        ? await connection.request("dm", { u: id })
        : await connection.request("room.join", { c: id });
      if (!answer.ok) {
        toast(refusalSentence(answer));
        return;
      }
      chat.meet(answer.conv);
      goTo(conversationPath(answer.conv.c));
    }
    const does = actionsOf(actions).filter(({ title }) => q === "" || matches(title, q)).map((
      action,
    ): SwitcherItem => ({
      ...action,
      id: `do-${action.id}`,
      kind: t("switcher.action"),
    }));
    if (q === "") {
      const last = listed(convs, undefined).filter(({ c, archived }) => c !== actions.open?.c && !archived);
      const unread = last.filter((conv) => conv.unread > 0);
      const first = [...unread, ...last.filter((conv) => conv.unread === 0)].slice(0, recent).map(itemOf);
      return { items: [...first, ...does], complete: true };
    }
    const items: SwitcherItem[] = [
      ...results.convs.map(itemOf),
      ...results.people.map(({ u, name, username, avatar }): SwitcherItem => ({
        id: u,
        title: name,
        detail: `@${username}`,
        kind: t("switcher.person"),
        image: avatar,
        pick: () => void arrive("dm", u),
      })),
      ...does,
      ...results.rooms.map(({ c, name, topic }): SwitcherItem => ({
        id: c,
        title: name,
        detail: topic || undefined,
        kind: t("switcher.join"),
        room: true,
        pick: () => void arrive("room.join", c),
      })),
    ];
    return { items, complete: results.complete };
  }, [chat, connection, convs, results, q, actions]);
}

function itemOf(conv: Conv): SwitcherItem {
  const direct = conv.kind === "direct" || conv.kind === "self";
  return {
    id: conv.c,
    title: conv.name,
    detail: conv.peer ? `@${conv.peer.username}` : conv.topic || undefined,
    kind: t(
      conv.kind === "direct"
        ? "switcher.person"
        : conv.kind === "self"
        ? "switcher.notes"
        : conv.kind === "group"
        ? "switcher.group"
        : "switcher.room",
    ),
    face: conv.peer?.u ?? conv.c,
    image: conv.avatar ?? conv.peer?.avatar,
    room: !direct,
    unread: conv.unread,
    pick: () => goTo(conversationPath(conv.c)),
  };
}
