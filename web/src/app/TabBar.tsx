import { ListLink } from "../conversations/ListLink";
import type { Key } from "../i18n/translate";
import { t, textOf } from "../i18n/translate";
import type { IconName } from "../ui/Icon";
import { Icon } from "../ui/Icon";
import { totalMentions, totalUnread } from "./chatState";
import type { Route } from "./route";
import { useCanSearch, useChatState } from "./session";
import "./TabBar.css";

const tabs: readonly { path: string; kinds: readonly Route["kind"][]; icon: IconName; label: Key }[] = [
  { path: "/", kinds: ["home"], icon: "chats", label: "tabs.chats" },
  { path: "/mentions", kinds: ["mentions"], icon: "at", label: "tabs.mentions" },
  { path: "/search", kinds: ["search"], icon: "search", label: "tabs.search" },
  { path: "/settings", kinds: ["settings"], icon: "person", label: "tabs.you" },
];

/** The four places of the phone. */
export function TabBar({ kind }: { kind: Route["kind"] }) {
  const unread = useChatState(totalUnread);
  const mentions = useChatState(totalMentions);
  const canSearch = useCanSearch();
  const counts: Readonly<Record<string, number>> = { "/": unread, "/mentions": mentions };
  return (
    <nav className="tab-bar" aria-label={t("tabs.title")}>
      {tabs.filter(({ path }) => canSearch || path !== "/search").map(({ path, kinds, icon, label }) => {
        const count = counts[path] ?? 0;
        return (
          <ListLink key={path} to={path} replace selected={kinds.includes(kind)} className="tab">
            <span className="tab-icon">
              <Icon name={icon} size={22} />
              {count > 0 && <span className="tab-count" aria-hidden="true">{count > 99 ? "99+" : count}</span>}
            </span>
            <span>{textOf(label)}</span>
            {count > 0 && <span className="unseen">{t("list.unread", { n: count })}</span>}
          </ListLink>
        );
      })}
    </nav>
  );
}
