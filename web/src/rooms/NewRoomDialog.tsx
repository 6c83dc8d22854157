import type { FormEvent } from "react";
import { useState } from "react";
import { conversationPath, goTo } from "../app/route";
import { useChat, useConnection } from "../app/session";
import { t } from "../i18n/translate";
import { PeoplePicker } from "../people/PeoplePicker";
import type { User } from "../socket/wire";
import { Button } from "../ui/Button";
import { Choice } from "../ui/Choice";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { FormError } from "../ui/FormError";

const formId = "new-room";

export function NewRoomDialog({ onClose }: { onClose: () => void }) {
  const chat = useChat();
  const connection = useConnection();
  const [name, setName] = useState("");
  const [topic, setTopic] = useState("");
  const [access, setAccess] = useState<"public" | "private">("public");
  const [members, setMembers] = useState<readonly User[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function create(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    if (name.trim() === "") {
      setProblem(t("room.nameMissing"));
      return;
    }
    setBusy(true);
    const wanted = { name: name.trim(), public: access === "public", members: members.map(({ u }) => u) };
    const answer = await connection.request(
      "room.create",
      topic.trim() === "" ? wanted : { ...wanted, topic: topic.trim() },
    );
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.message);
      return;
    }
    chat.meet(answer.conv);
    onClose();
    goTo(conversationPath(answer.conv.c));
  }

  const footer = (
    <>
      <Button onClick={onClose}>{t("app.cancel")}</Button>
      <Button type="submit" look="main" form={formId} busy={busy}>{t("room.create")}</Button>
    </>
  );
  return (
    <Dialog title={t("room.new")} onClose={onClose} footer={footer}>
      <form id={formId} className="form" onSubmit={create}>
        <Field label={t("room.name")} autoFocus maxLength={80} autoComplete="off" value={name} onValue={setName} />
        <Field label={t("room.topic")} maxLength={250} autoComplete="off" value={topic} onValue={setTopic} />
        <Choice
          legend={t("room.access")}
          value={access}
          onValue={setAccess}
          options={[
            { value: "public", label: t("room.public"), detail: t("room.publicText") },
            { value: "private", label: t("room.private"), detail: t("room.privateText") },
          ]}
        />
        <div className="field">
          <span className="field-label">{t("room.membersTitle")}</span>
          <PeoplePicker picked={members} onPicked={setMembers} />
        </div>
        <FormError text={problem} />
      </form>
    </Dialog>
  );
}
