import { useChat, useChatState, useSession } from "../app/session";
import { t } from "../i18n/translate";
import { Icon } from "../ui/Icon";

/** Under a message that the server refused for good: why, and what can be done. */
export function FailedNote({ cid, problem }: { cid: string; problem: string }) {
  const chat = useChat();
  const { drafts } = useSession();
  const item = useChatState((state) => state.outbox.find((one) => one.cid === cid));
  const edit = () => {
    if (!item) return;
    const { c, body, reply, files } = item;
    const begun = drafts.get(c);
    drafts.set(c, begun === "" ? body : `${body}\n${begun}`);
    if (reply) drafts.reply(c, reply);
    if (files) drafts.attach(c, files);
    chat.discard(cid);
  };
  return (
    <div className="failed" role="group" aria-label={t("msg.notSentTitle")}>
      <p>
        <Icon name="warning" size={15} /> <strong>{t("msg.notSent")}.</strong> {problem}
      </p>
      <p className="failed-actions">
        <button type="button" onClick={() => chat.retry(cid)}>{t("msg.retry")}</button>
        <button type="button" onClick={edit}>{t("msg.edit")}</button>
        <button type="button" onClick={() => chat.discard(cid)}>{t("msg.discard")}</button>
      </p>
    </div>
  );
}
