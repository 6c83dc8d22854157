import { Icon } from "../ui/Icon";

/** Back to the end; says how many messages wait there. */
export function NewPill({ count, onPress }: { count: number; onPress: () => void }) {
  const text = count === 1 ? "1 new message" : `${count} new messages`;
  return (
    <button
      type="button"
      className={count > 0 ? "pill" : "pill pill-plain"}
      aria-label={count > 0 ? text : "To the newest message"}
      onClick={onPress}
    >
      <Icon name="down" size={16} />
      {count > 0 && <span>{text}</span>}
    </button>
  );
}
