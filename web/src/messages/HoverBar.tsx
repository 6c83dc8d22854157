import { recentEmoji } from "../emoji/recentEmoji";
import { t } from "../i18n/translate";
import type { Msg } from "../socket/wire";
import { Icon } from "../ui/Icon";
import { placeOf, useMessageActions } from "./actions";

/** Beside the message under the pointer: the usual reactions, reply, and everything else. */
export function HoverBar({ msg, writable }: { msg: Msg; writable: boolean }) {
  const actions = useMessageActions();
  return (
    <div className="hover-bar" role="toolbar" aria-label={t("msg.actions")}>
      {writable && recentEmoji().slice(0, 3).map((emoji) => (
        <button
          key={emoji}
          type="button"
          className="hover-emoji"
          aria-label={t("msg.reactWith", { emoji })}
          onClick={() => actions.react(msg, emoji)}
        >
          {emoji}
        </button>
      ))}
      {writable && (
        <button
          type="button"
          aria-label={t("msg.react")}
          title={t("msg.react")}
          onClick={(event) => actions.pickReaction(msg, placeOf(event.currentTarget))}
        >
          <Icon name="smile" size={18} />
        </button>
      )}
      {writable && (
        <button
          type="button"
          aria-label={t("msg.reply")}
          title={t("msg.reply")}
          onClick={() => actions.reply(msg)}
        >
          <Icon name="reply" size={18} />
        </button>
      )}
      <button
        type="button"
        aria-label={t("msg.more")}
        title={t("msg.more")}
        aria-haspopup="menu"
        onClick={(event) => actions.menu(msg, placeOf(event.currentTarget))}
      >
        <Icon name="more" size={18} />
      </button>
    </div>
  );
}
