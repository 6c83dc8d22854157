import { t } from "../i18n/translate";
import { Icon } from "../ui/Icon";

/** There is more to read than what is loaded: to the first message that was not. */
export function JumpPill({ count, onPress }: { count: number; onPress: () => void }) {
  return (
    <button type="button" className="pill pill-up" onClick={onPress}>
      <Icon name="up" size={16} />
      <span>{count > 0 ? t("msg.firstUnreadOf", { n: count }) : t("msg.firstUnread")}</span>
    </button>
  );
}
