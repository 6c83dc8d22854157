import type { MouseEvent } from "react";
import { memo } from "react";
import { conversationPath } from "../app/route";
import { t } from "../i18n/translate";
import { WithPresence } from "../people/PresenceDot";
import { presenceText, usePresence } from "../people/usePresence";
import type { Conv } from "../socket/wire";
import { Avatar } from "../ui/Avatar";
import { classes } from "../ui/classes";
import { Icon } from "../ui/Icon";
import { exactTime, listTime } from "../ui/time";
import { ListLink } from "./ListLink";
import { linesOf } from "./preview";
import { callsMe, isQuiet } from "./sections";

interface ConversationRowProps {
  readonly conv: Conv;
  readonly me: string;
  readonly selected: boolean;
  readonly draft: string;
  readonly typing: boolean;
  /** The minute, so that "12:03" becomes "Yesterday" in time. */
  readonly now: number;
  readonly onMenu?: (event: MouseEvent<HTMLElement>, conv: Conv) => void;
}

/** One conversation in the list. */
export const ConversationRow = memo(
  function ConversationRow({ conv, me, selected, draft, typing, now, onMenu }: ConversationRowProps) {
    const { last, peer } = conv;
    const line = linesOf(conv, me, draft, typing);
    const seen = usePresence(peer?.u);
    const quiet = isQuiet(conv, now);
    return (
      <ListLink
        to={conversationPath(conv.c)}
        selected={selected}
        className={classes("conv", callsMe(conv, now) && "conv-unread")}
        onContextMenu={onMenu && ((event) => onMenu(event, conv))}
      >
        <WithPresence seen={seen}>
          <Avatar
            id={peer?.u ?? conv.c}
            name={conv.name}
            image={conv.avatar ?? peer?.avatar}
            room={conv.kind !== "direct" && conv.kind !== "self"}
          />
        </WithPresence>
        <span className="conv-text">
          <span className="conv-top">
            <span className="conv-name">
              {conv.kind === "private" && <Icon name="lock" size={13} />}
              <bdi>{conv.name}</bdi>
            </span>
            {seen && seen.state !== "off" && <span className="unseen">{presenceText(seen)}</span>}
            {last?.ts !== undefined && (
              <time className="conv-time" dateTime={new Date(last.ts).toISOString()} title={exactTime(last.ts)}>
                {listTime(last.ts, now)}
              </time>
            )}
          </span>
          <span className="conv-bottom">
            <span className={classes("conv-preview", `conv-${line.kind}`)}>
              {line.kind === "draft" && <Icon name="edit" size={14} />}
              {line.lead && <span className="conv-lead">{line.lead}</span>}
              <bdi>{line.text}</bdi>
            </span>
            <Marks conv={conv} quiet={quiet} />
          </span>
        </span>
      </ListLink>
    );
  },
);

/** At the end of the row: pinned, silent, spoken to, how much is unread. */
function Marks({ conv, quiet }: { conv: Conv; quiet: boolean }) {
  const { unread, mentions = 0, pinned } = conv;
  return (
    <span className="conv-marks">
      {pinned && <Icon name="pin" size={14} />}
      {pinned && <span className="unseen">{t("list.pinned")}</span>}
      {quiet && <Icon name="bellOff" size={14} />}
      {quiet && <span className="unseen">{t("list.muted")}</span>}
      {mentions > 0 && (
        <span className="badge badge-mention">
          <span aria-hidden="true">@</span>
          <span className="unseen">{t("list.mentions", { n: mentions })}</span>
        </span>
      )}
      {unread > 0 && (
        <span className={classes("badge", quiet && "badge-quiet")}>
          <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>
          <span className="unseen">{t("list.unread", { n: unread })}</span>
        </span>
      )}
    </span>
  );
}
