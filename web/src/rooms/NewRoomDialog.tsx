import type { FormEvent } from "react";
import { useState } from "react";
import { conversationPath, goTo } from "../app/route";
import { useChat, useConnection } from "../app/session";
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
      setProblem("Give the room a name.");
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
      <Button onClick={onClose}>Cancel</Button>
      <Button type="submit" look="main" form={formId} busy={busy}>Create room</Button>
    </>
  );
  return (
    <Dialog title="New room" onClose={onClose} footer={footer}>
      <form id={formId} className="form" onSubmit={create}>
        <Field label="Name" autoFocus maxLength={80} autoComplete="off" value={name} onValue={setName} />
        <Field label="Topic (optional)" maxLength={250} autoComplete="off" value={topic} onValue={setTopic} />
        <Choice
          legend="Who can join"
          value={access}
          onValue={setAccess}
          options={[
            { value: "public", label: "Public", detail: "Everybody here can find and join it." },
            { value: "private", label: "Private", detail: "Members add people." },
          ]}
        />
        <div className="field">
          <span className="field-label">Members</span>
          <PeoplePicker picked={members} onPicked={setMembers} />
        </div>
        <FormError text={problem} />
      </form>
    </Dialog>
  );
}
