import { t } from "../i18n/translate";
import { plainText } from "../markdown/plainText";
import type { ReplyInfo } from "../socket/wire";
import { classes } from "../ui/classes";
import { hueOf } from "../ui/initials";

interface QuoteProps {
  readonly reply: ReplyInfo;
  readonly onJump: () => void;
}

/** What a message answers: a press leads there. */
export function Quote({ reply, onJump }: QuoteProps) {
  const text = reply.del ? t("msg.deleted") : plainText(reply.body) || t("msg.attachment");
  return (
    <button
      type="button"
      className={classes("quote", `hue-${hueOf(reply.from)}`)}
      aria-label={t("msg.replyTo", { name: reply.name, text: text.slice(0, 100) })}
      onClick={onJump}
    >
      <bdi className="quote-name">{reply.name}</bdi>
      <span className={classes("quote-text", reply.del && "quote-gone")} dir="auto">{text}</span>
    </button>
  );
}
