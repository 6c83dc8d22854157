import { useState } from "react";
import { conversationPath, goTo } from "../app/route";
import { useChat, useConnection } from "../app/session";
import { t } from "../i18n/translate";
import { refusalSentence } from "../session/errorText";
import type { User } from "../socket/wire";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { FormError } from "../ui/FormError";
import { PeoplePicker } from "./PeoplePicker";

const most = 49;

/** Several people and me, without a name and without a room: the same people always come to the same group. */
export function NewGroupDialog({ onClose }: { onClose: () => void }) {
  const chat = useChat();
  const connection = useConnection();
  const [picked, setPicked] = useState<readonly User[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function create() {
    if (busy) return;
    if (picked.length < 2 || picked.length > most) {
      setProblem(picked.length < 2 ? t("group.few") : t("group.many", { n: most }));
      return;
    }
    setBusy(true);
    const answer = await connection.request("group", { members: picked.map(({ u }) => u) });
    setBusy(false);
    if (!answer.ok) {
      setProblem(refusalSentence(answer));
      return;
    }
    chat.meet(answer.conv);
    onClose();
    goTo(conversationPath(answer.conv.c));
  }

  const footer = (
    <>
      <Button onClick={onClose}>{t("app.cancel")}</Button>
      <Button look="main" busy={busy} onClick={() => void create()}>{t("group.create")}</Button>
    </>
  );
  return (
    <Dialog title={t("group.new")} onClose={onClose} footer={footer}>
      <div className="form">
        <PeoplePicker picked={picked} onPicked={setPicked} />
        <FormError text={problem} />
      </div>
    </Dialog>
  );
}
