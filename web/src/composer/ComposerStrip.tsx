import { t } from "../i18n/translate";
import type { ReplyInfo } from "../socket/wire";
import { Icon } from "../ui/Icon";
import type { EditDraft } from "./Drafts";

interface ComposerStripProps {
  readonly reply: ReplyInfo | undefined;
  readonly edit: EditDraft | undefined;
  /** How the message under edit reads now. */
  readonly present: string | undefined;
  readonly onCancel: () => void;
}

/** Above the text: what it answers, or what it replaces. */
export function ComposerStrip({ reply, edit, present, onCancel }: ComposerStripProps) {
  const title = edit
    ? edit.conflict ? t("composer.conflict") : t("composer.editing")
    : t("composer.replyingTo", { name: reply?.name ?? "" });
  const text = edit ? present ?? "" : reply?.body || t("msg.attachment");
  return (
    <div className={edit?.conflict ? "strip strip-conflict" : "strip"} role="group" aria-label={title}>
      <Icon name={edit ? "edit" : "reply"} size={18} />
      <p>
        <strong>{title}</strong>
        <span dir="auto">{text}</span>
      </p>
      <button
        type="button"
        className="tray-button"
        aria-label={t("app.cancel")}
        title={t("app.cancel")}
        onClick={onCancel}
      >
        <Icon name="close" size={18} />
      </button>
    </div>
  );
}
