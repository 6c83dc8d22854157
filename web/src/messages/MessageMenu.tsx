import { recentEmoji } from "../emoji/recentEmoji";
import { t } from "../i18n/translate";
import type { Msg } from "../socket/wire";
import { Icon } from "../ui/Icon";
import type { MenuItem } from "../ui/Menu";
import { Menu } from "../ui/Menu";
import type { MessageActions, Place, Rights } from "./actions";

interface MessageMenuProps {
  readonly msg: Msg;
  readonly at: Place;
  readonly rights: Rights;
  readonly actions: MessageActions;
  readonly onClose: () => void;
}

/** Everything that can be done with a message; the usual reactions stand above it. */
export function MessageMenu({ msg, at, rights, actions, onClose }: MessageMenuProps) {
  const head = rights.react && (
    <div className="menu-reactions" role="group" aria-label={t("msg.react")}>
      {recentEmoji().slice(0, 6).map((emoji) => (
        <button
          key={emoji}
          type="button"
          aria-label={t("msg.reactWith", { emoji })}
          onClick={() => {
            onClose();
            actions.react(msg, emoji);
          }}
        >
          {emoji}
        </button>
      ))}
      <button
        type="button"
        className="menu-reactions-more"
        aria-label={t("emoji.pick")}
        onClick={() => {
          onClose();
          actions.pickReaction(msg, at);
        }}
      >
        <Icon name="smile" />
      </button>
    </div>
  );
  return <Menu label={t("msg.actions")} at={at} items={itemsFor(msg, rights, actions)} head={head} onClose={onClose} />;
}

function itemsFor(msg: Msg, rights: Rights, actions: MessageActions): MenuItem[] {
  const item = (
    shown: boolean,
    key: string,
    icon: MenuItem["icon"],
    label: string,
    onSelect: () => void,
    more: Partial<MenuItem> = {},
  ): MenuItem[] => (shown ? [{ key, icon, label, onSelect, ...more }] : []);
  const pinned = msg.pin !== undefined;
  return [
    ...item(rights.write, "reply", "reply", t("msg.reply"), () => actions.reply(msg), { shortcut: "R" }),
    ...item(
      rights.write || (msg.replies ?? 0) > 0,
      "thread",
      "thread",
      t("msg.showReplies"),
      () => actions.thread(msg.seq),
      {
        shortcut: "T",
      },
    ),
    ...item(rights.edit, "edit", "edit", t("msg.edit"), () => actions.edit(msg), { shortcut: "E" }),
    ...item(msg.body !== "", "copy", "copy", t("msg.copy"), () => actions.copyText(msg)),
    ...item(true, "link", "link", t("msg.copyLink"), () => actions.copyLink(msg)),
    ...item(rights.pin, "pin", "pin", pinned ? t("msg.unpin") : t("msg.pin"), () => actions.pin(msg), {
      shortcut: "P",
    }),
    ...item(true, "unread", "unread", t("msg.unreadFrom"), () => actions.unreadFrom(msg), { shortcut: "U" }),
    ...item(msg.edited !== undefined, "versions", "clock", t("msg.versions"), () => actions.versions(msg)),
    ...item(
      rights.edit && (msg.previews?.length ?? 0) > 0,
      "unpreview",
      "hide",
      t("msg.unpreview"),
      () => actions.unpreview(msg),
    ),
    ...item(rights.remove, "remove", "bin", t("msg.delete"), () => actions.remove(msg), { danger: true }),
  ];
}
