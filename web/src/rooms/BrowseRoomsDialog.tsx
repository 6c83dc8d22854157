import { useEffect, useState } from "react";
import { conversationPath, goTo } from "../app/route";
import { useChat, useConnection } from "../app/session";
import { t } from "../i18n/translate";
import type { Room } from "../socket/wire";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { SearchField } from "../ui/SearchField";
import { toast } from "../ui/toast";
import "./rooms.css";

/** The public rooms: open those that I am in, join the others. */
export function BrowseRoomsDialog({ onClose }: { onClose: () => void }) {
  const chat = useChat();
  const connection = useConnection();
  const [text, setText] = useState("");
  const [rooms, setRooms] = useState<readonly Room[]>();
  const q = text.trim();

  useEffect(() => {
    let wanted = true;
    void connection.request("room.list", { q }).then((answer) => wanted && setRooms(answer.ok ? answer.rooms : []));
    return () => {
      wanted = false;
    };
  }, [connection, q]);

  const go = (c: string) => {
    onClose();
    goTo(conversationPath(c));
  };
  async function join(c: string) {
    const answer = await connection.request("room.join", { c });
    if (!answer.ok) {
      toast(answer.message);
      return;
    }
    chat.meet(answer.conv);
    go(c);
  }

  return (
    <Dialog title={t("room.browse")} onClose={onClose}>
      <SearchField label={t("room.search")} value={text} onValue={setText} />
      <ul className="list dialog-list room-list" aria-busy={rooms === undefined}>
        {rooms?.map((room) => (
          <li key={room.c} className="room-row">
            <Avatar id={room.c} name={room.name} room />
            <span className="conv-text">
              <span className="conv-name">
                <bdi>{room.name}</bdi>
              </span>
              <span className="conv-preview">{detailOf(room)}</span>
            </span>
            {room.joined
              ? (
                <Button aria-label={t("room.openNamed", { name: room.name })} onClick={() => go(room.c)}>
                  {t("room.open")}
                </Button>
              )
              : (
                <Button
                  look="main"
                  aria-label={t("room.joinNamed", { name: room.name })}
                  onClick={() => void join(room.c)}
                >
                  {t("room.join")}
                </Button>
              )}
          </li>
        ))}
      </ul>
      {rooms?.length === 0 && <p className="list-none">{t(q === "" ? "room.none" : "room.notFound")}</p>}
    </Dialog>
  );
}

function detailOf({ members, topic }: Room): string {
  const count = t("room.members", { n: members });
  return topic ? `${count} · ${topic}` : count;
}
