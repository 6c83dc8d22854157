import { t } from "../i18n/translate";
import { Icon } from "../ui/Icon";

/** Back to the end; says how many messages wait there. */
export function NewPill({ count, onPress }: { count: number; onPress: () => void }) {
  const text = t("msg.newCount", { n: count });
  return (
    <button
      type="button"
      className={count > 0 ? "pill" : "pill pill-plain"}
      aria-label={count > 0 ? text : t("msg.toEnd")}
      onClick={onPress}
    >
      <Icon name="down" size={16} />
      {count > 0 && <span>{text}</span>}
    </button>
  );
}
