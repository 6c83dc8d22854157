import { useCallback, useEffect, useState } from "react";
import { useChat, useConnection } from "../app/session";
import { t } from "../i18n/translate";
import { PeoplePicker } from "../people/PeoplePicker";
import type { Conv, RoomMember, User } from "../socket/wire";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { Confirm } from "../ui/Confirm";
import { Dialog } from "../ui/Dialog";
import { toast } from "../ui/toast";
import "./rooms.css";

/** What a room is about and who is in it; add people, leave. */
export function RoomDialog({ conv, onClose }: { conv: Conv; onClose: () => void }) {
  const chat = useChat();
  const connection = useConnection();
  const [members, setMembers] = useState<readonly RoomMember[]>();
  const [step, setStep] = useState<"look" | "add" | "leave">("look");
  const [picked, setPicked] = useState<readonly User[]>([]);
  const { c } = conv;

  const load = useCallback(async () => {
    const answer = await connection.request("room.members", { c });
    if (answer.ok) setMembers(answer.members);
    else toast(answer.message);
  }, [connection, c]);
  useEffect(() => void load(), [load, conv.members]);

  async function add() {
    const answer = await connection.request("room.add", { c, members: picked.map(({ u }) => u) });
    if (!answer.ok) {
      toast(answer.message);
      return;
    }
    chat.meet(answer.conv);
    setPicked([]);
    setStep("look");
    void load();
  }

  async function leave() {
    const answer = await connection.request("room.leave", { c });
    if (!answer.ok) {
      toast(answer.message);
      return;
    }
    onClose();
    chat.forget(c);
  }

  if (step === "add") {
    return (
      <Dialog
        title={t("room.addPeople")}
        onClose={onClose}
        footer={
          <>
            <Button onClick={() => setStep("look")}>{t("app.back")}</Button>
            <Button
              look="main"
              aria-disabled={picked.length === 0}
              onClick={() => picked.length > 0 && void add()}
            >
              {t("room.add")}
            </Button>
          </>
        }
      >
        <PeoplePicker picked={picked} onPicked={setPicked} without={new Set(members?.map(({ u }) => u))} />
      </Dialog>
    );
  }
  return (
    <Dialog title={t("room.details")} onClose={onClose}>
      <div className="room-about">
        <Avatar id={c} name={conv.name} size="l" room />
        <h3>
          <bdi>{conv.name}</bdi>
        </h3>
        <p>{conv.topic || t(conv.kind === "public" ? "room.publicRoom" : "room.privateRoom")}</p>
      </div>
      {step === "leave"
        ? (
          <Confirm
            text={t(conv.kind === "public" ? "room.leavePublic" : "room.leavePrivate", { name: conv.name })}
            action={t("room.leave")}
            onConfirm={() => void leave()}
            onCancel={() => setStep("look")}
          />
        )
        : (
          <div className="room-actions">
            <Button icon="addPeople" onClick={() => setStep("add")}>{t("room.addPeople")}</Button>
            <Button icon="leave" look="danger" onClick={() => setStep("leave")}>{t("room.leave")}</Button>
          </div>
        )}
      <h3 className="list-title">{t("room.members", { n: conv.members })}</h3>
      <ul className="list dialog-list" aria-busy={members === undefined}>
        {members?.map(({ u, name, username, role }) => (
          <li key={u} className="room-row">
            <Avatar id={u} name={name} />
            <span className="conv-text">
              <span className="conv-name">
                <bdi>{name}</bdi>
              </span>
              <span className="conv-preview">@{username}</span>
            </span>
            {role === "owner" && <span className="role">{t("room.owner")}</span>}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
