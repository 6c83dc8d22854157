import type { FormEvent } from "react";
import { useState } from "react";
import { useChat, useConnection } from "../app/session";
import { t } from "../i18n/translate";
import { refusalSentence } from "../session/errorText";
import type { Conv } from "../socket/wire";
import { Button } from "../ui/Button";
import { Choice } from "../ui/Choice";
import { Field } from "../ui/Field";
import { FormError } from "../ui/FormError";

/** Name, topic and access of a room; the name of a group, which may have none. */
export function RoomForm({ conv, onDone }: { conv: Conv; onDone: () => void }) {
  const chat = useChat();
  const connection = useConnection();
  const group = conv.kind === "group";
  const [name, setName] = useState(conv.name);
  const [topic, setTopic] = useState(conv.topic ?? "");
  const [access, setAccess] = useState<"public" | "private">(conv.kind === "public" ? "public" : "private");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function save(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    if (!group && name.trim() === "") {
      setProblem(t("room.nameMissing"));
      return;
    }
    setBusy(true);
    const rename = name.trim() === conv.name ? {} : { name: name.trim() };
    const retopic = group || topic.trim() === (conv.topic ?? "") ? {} : { topic: topic.trim() };
    const reopen = group || access === conv.kind ? {} : { public: access === "public" };
    const answer = await connection.request("room.update", { c: conv.c, ...rename, ...retopic, ...reopen });
    setBusy(false);
    if (!answer.ok) {
      setProblem(refusalSentence(answer));
      return;
    }
    chat.meet(answer.conv);
    onDone();
  }

  return (
    <form className="form details-part" onSubmit={(event) => void save(event)} noValidate>
      <Field
        label={t("room.name")}
        autoFocus
        autoComplete="off"
        maxLength={80}
        value={name}
        onValue={setName}
        {...(group ? { hint: t("group.nameHint") } : {})}
      />
      {!group && <Field label={t("room.topic")} autoComplete="off" maxLength={250} value={topic} onValue={setTopic} />}
      {!group && conv.role === "owner" && (
        <Choice
          legend={t("room.access")}
          value={access}
          onValue={setAccess}
          options={[
            { value: "public", label: t("room.public"), detail: t("room.publicText") },
            { value: "private", label: t("room.private"), detail: t("room.privateText") },
          ]}
        />
      )}
      <FormError text={problem} />
      <div className="part-buttons">
        <Button type="submit" look="main" busy={busy}>{t("app.save")}</Button>
        <Button onClick={onDone}>{t("app.cancel")}</Button>
      </div>
    </form>
  );
}
