import { memo } from "react";
import { conversationPath } from "../app/route";
import { t } from "../i18n/translate";
import { linesOf } from "./preview";
import type { Conv } from "../socket/wire";
import { Avatar } from "../ui/Avatar";
import { classes } from "../ui/classes";
import { Icon } from "../ui/Icon";
import { exactTime, listTime } from "../ui/time";
import { ListLink } from "./ListLink";

interface ConversationRowProps {
  readonly conv: Conv;
  readonly me: string;
  readonly selected: boolean;
  readonly draft: string;
  readonly typing: boolean;
  /** The minute, so that "12:03" becomes "Yesterday" in time. */
  readonly now: number;
}

/** One conversation in the list. */
export const ConversationRow = memo(
  function ConversationRow({ conv, me, selected, draft, typing, now }: ConversationRowProps) {
    const { unread, last } = conv;
    const line = linesOf(conv, me, draft, typing);
    return (
      <ListLink
        to={conversationPath(conv.c)}
        selected={selected}
        className={classes("conv", unread > 0 && "conv-unread")}
      >
        <Avatar id={conv.peer?.u ?? conv.c} name={conv.name} room={conv.kind !== "direct" && conv.kind !== "self"} />
        <span className="conv-text">
          <span className="conv-top">
            <span className="conv-name">
              {conv.kind === "private" && <Icon name="lock" size={13} />}
              <bdi>{conv.name}</bdi>
            </span>
            {last?.ts !== undefined && (
              <time className="conv-time" dateTime={new Date(last.ts).toISOString()} title={exactTime(last.ts)}>
                {listTime(last.ts, now)}
              </time>
            )}
          </span>
          <span className="conv-bottom">
            <span className={classes("conv-preview", `conv-${line.kind}`)}>
              {line.lead && <span className="conv-lead">{line.lead}</span>}
              <bdi>{line.text}</bdi>
            </span>
            {unread > 0 && (
              <span className="badge" aria-label={t("list.unread", { n: unread })}>{unread > 99 ? "99+" : unread}</span>
            )}
          </span>
        </span>
      </ListLink>
    );
  },
);
