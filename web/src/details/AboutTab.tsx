import { useState } from "react";
import { useChat, useChatState, useConnection, useSession } from "../app/session";
import { isQuiet } from "../conversations/sections";
import { t } from "../i18n/translate";
import { isAdmin } from "../people/isAdmin";
import { presenceText, usePresence } from "../people/usePresence";
import { deleteRoom } from "../rooms/deleteRoom";
import { refusalSentence } from "../session/errorText";
import { useWork } from "../settings/useWork";
import type { Conv } from "../socket/wire";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { Confirm } from "../ui/Confirm";
import { ConfirmByName } from "../ui/ConfirmByName";
import { Dialog } from "../ui/Dialog";
import { FormError } from "../ui/FormError";
import { RadioList } from "../ui/RadioList";
import { Switch } from "../ui/Switch";
import { clockTime, exactTime } from "../ui/time";
import { toast } from "../ui/toast";
import { BanList } from "./BanList";
import { HookList } from "./HookList";
import { RoomForm } from "./RoomForm";

const hour = 3_600_000;

/** What it is, what it may tell me, how to get out. */
export function AboutTab({ conv }: { conv: Conv }) {
  const seen = usePresence(conv.peer?.u);
  const { server } = useSession();
  const [editing, setEditing] = useState(false);
  const { kind, role, peer } = conv;
  const room = kind === "public" || kind === "private";
  const manages = room && (role === "owner" || role === "moderator");
  const renames = manages || kind === "group";
  return (
    <>
      <div className="about">
        <Avatar
          id={peer?.u ?? conv.c}
          name={conv.name}
          image={conv.avatar ?? peer?.avatar}
          size="xl"
          room={kind !== "direct" && kind !== "self"}
        />
        <h2>
          <bdi>{conv.name}</bdi>
        </h2>
        {peer && <p>@{peer.username}</p>}
        {peer?.status && (
          <p className="about-status">
            <bdi>{peer.status}</bdi>
          </p>
        )}
        {peer && <p>{presenceText(seen)}</p>}
        {room && <p>{t(kind === "public" ? "room.publicRoom" : "room.privateRoom")}</p>}
        {conv.topic && (
          <p className="about-topic">
            <bdi>{conv.topic}</bdi>
          </p>
        )}
        {conv.archived && <p className="tag">{t("details.archived")}</p>}
      </div>
      {renames && !editing && !conv.archived && (
        <Button icon="edit" wide onClick={() => setEditing(true)}>{t(room ? "details.edit" : "details.rename")}</Button>
      )}
      {editing && <RoomForm conv={conv} onDone={() => setEditing(false)} />}
      {kind !== "self" && <Notices conv={conv} />}
      <Arrange conv={conv} />
      {manages && <BanList conv={conv} />}
      {server.bots && (manages || (room && server.me?.role === "admin")) && <HookList conv={conv} />}
      {(room || kind === "group") && <Leaving conv={conv} />}
    </>
  );
}

function Notices({ conv }: { conv: Conv }) {
  const { arrangement } = useSession().session;
  const now = Date.now();
  const muted = isQuiet(conv, now) && conv.notify !== "none";
  return (
    <section className="details-part" aria-label={t("details.notices")}>
      <h2>{t("details.notices")}</h2>
      <RadioList
        legend={t("details.notices")}
        value={conv.notify ?? "all"}
        onValue={(level) => void arrangement.level(conv, level)}
        options={[
          { value: "all", label: t("arrange.all") },
          { value: "mentions", label: t("arrange.mentions") },
          { value: "none", label: t("arrange.none") },
        ]}
      />
      {muted
        ? (
          <p className="details-line">
            <span title={exactTime(conv.muted ?? 0)}>
              {t("details.mutedUntil", { time: clockTime(conv.muted ?? 0) })}
            </span>
            <Button onClick={() => void arrangement.mute(conv, 0)}>{t("arrange.unmute")}</Button>
          </p>
        )
        : (
          <div className="part-buttons">
            <Button icon="bellOff" onClick={() => void arrangement.mute(conv, now + hour)}>
              {t("arrange.muteHour")}
            </Button>
            <Button onClick={() => void arrangement.mute(conv, now + 24 * hour)}>{t("arrange.muteDay")}</Button>
          </div>
        )}
    </section>
  );
}

function Arrange({ conv }: { conv: Conv }) {
  const { arrangement } = useSession().session;
  return (
    <section className="details-part" aria-label={t("details.list")}>
      <h2>{t("details.list")}</h2>
      <Switch
        label={t("details.pinned")}
        value={conv.pinned === true}
        onValue={(on) => void arrangement.pin(conv, on)}
      />
      <Switch
        label={t("details.hidden")}
        hint={t("details.hiddenText")}
        value={conv.hidden === true}
        onValue={(on) => void arrangement.hide(conv, on)}
      />
    </section>
  );
}

function Leaving({ conv }: { conv: Conv }) {
  const chat = useChat();
  const connection = useConnection();
  const [asking, setAsking] = useState<"leave" | "archive" | "delete">();
  const { busy, problem, run } = useWork();
  const admin = useChatState(({ me }) => isAdmin(me));
  const owner = conv.role === "owner" && conv.kind !== "group";

  async function leave() {
    const answer = await connection.request("room.leave", { c: conv.c });
    if (answer.ok) chat.forget(conv.c);
    else toast(refusalSentence(answer));
  }
  async function archive(on: boolean) {
    setAsking(undefined);
    const answer = await connection.request("room.archive", { c: conv.c, on });
    if (answer.ok) chat.describe(conv.c, { archived: on });
    else toast(refusalSentence(answer));
  }

  async function remove() {
    if (await run(() => deleteRoom(conv))) chat.forget(conv.c);
  }

  if (asking && asking !== "delete") {
    return (
      <Confirm
        text={asking === "archive"
          ? t("details.archiveSure")
          : conv.kind === "group"
          ? t("details.leaveGroup")
          : t(conv.kind === "public" ? "room.leavePublic" : "room.leavePrivate", { name: conv.name })}
        action={t(asking === "archive" ? "details.archive" : "room.leave")}
        onConfirm={() => void (asking === "archive" ? archive(true) : leave())}
        onCancel={() => setAsking(undefined)}
      />
    );
  }
  return (
    <div className="details-part details-end">
      {owner && (
        <Button icon="archive" wide onClick={() => (conv.archived ? void archive(false) : setAsking("archive"))}>
          {t(conv.archived ? "details.unarchive" : "details.archive")}
        </Button>
      )}
      <Button icon="leave" look="danger" wide onClick={() => setAsking("leave")}>{t("room.leave")}</Button>
      {(owner || admin) && conv.kind !== "group" && (
        <Button
          icon="bin"
          look="danger"
          wide
          onClick={() => setAsking("delete")}
        >
          {t("room.delete")}
        </Button>
      )}
      {asking === "delete" && (
        <Dialog title={t("room.delete")} onClose={() => setAsking(undefined)}>
          <ConfirmByName
            name={conv.name}
            text={t("room.deleteSure", { name: conv.name })}
            action={t("room.delete")}
            busy={busy}
            onConfirm={() => void remove()}
            onCancel={() => setAsking(undefined)}
          />
          <FormError text={problem} />
        </Dialog>
      )}
    </div>
  );
}
