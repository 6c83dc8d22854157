import { useCallback, useState } from "react";
import { formatNumber, t } from "../i18n/translate";
import { deleteRoom } from "../rooms/deleteRoom";
import { useWork } from "../settings/useWork";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { ConfirmByName } from "../ui/ConfirmByName";
import { Part } from "../ui/Desk";
import { Dialog } from "../ui/Dialog";
import { FormError } from "../ui/FormError";
import { SearchField } from "../ui/SearchField";
import { agoText, exactTime } from "../ui/time";
import type { AdminRoom } from "./adminApi";
import { adminApi } from "./adminApi";
import { MorePages } from "./MorePages";
import { usePages } from "../ui/usePages";

export function RoomsPage() {
  const [text, setText] = useState("");
  const q = text.trim();
  const ask = useCallback(async (after?: string) => {
    const { rooms, next } = await adminApi.rooms(q, after);
    return { items: rooms, next };
  }, [q]);
  const pages = usePages(ask);
  const { busy, problem, run } = useWork();
  const [doomed, setDoomed] = useState<AdminRoom>();

  async function archive(room: AdminRoom) {
    if (await run(async () => void await adminApi.archiveRoom(room.c, !room.archived))) pages.reload();
  }

  async function remove(room: AdminRoom) {
    if (!await run(() => deleteRoom(room))) return;
    setDoomed(undefined);
    pages.reload();
  }

  return (
    <Part>
      <SearchField label={t("room.search")} value={text} onValue={setText} autoFocus={false} />
      <FormError text={problem} />
      <MorePages pages={pages} none={t("room.notFound")}>
        {(rooms) => (
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t("rooms.room")}</th>
                <th scope="col">{t("room.membersTitle")}</th>
                <th scope="col">{t("rooms.messages")}</th>
                <th scope="col">{t("rooms.created")}</th>
                <th scope="col">
                  <span className="unseen">{t("admin.actions")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rooms.map((room) => (
                <tr key={room.c}>
                  <th scope="row">
                    <span className="cell-person">
                      <Avatar id={room.c} name={room.name} size="s" room />
                      <span>
                        <bdi>{room.name}</bdi>
                        <span className="cell-detail">
                          {t(room.kind === "public" ? "room.publicRoom" : "room.privateRoom")}
                          {room.owner && ` · ${room.owner.name}`}
                        </span>
                      </span>
                    </span>
                  </th>
                  <td data-label={t("room.membersTitle")}>{formatNumber(room.members)}</td>
                  <td data-label={t("rooms.messages")}>{formatNumber(room.messages)}</td>
                  <td data-label={t("rooms.created")}>
                    <time title={exactTime(room.created)}>{agoText(room.created)}</time>
                    {room.archived && <span className="tag">{t("rooms.archived")}</span>}
                  </td>
                  <td className="cell-actions">
                    <Button busy={busy} onClick={() => void archive(room)}>
                      {t(room.archived ? "rooms.unarchive" : "rooms.archive")}
                    </Button>
                    <Button busy={busy} look="danger" onClick={() => setDoomed(room)}>{t("rooms.delete")}</Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </MorePages>
      {doomed && (
        <Dialog title={t("room.delete")} onClose={() => setDoomed(undefined)}>
          <ConfirmByName
            name={doomed.name}
            text={t("room.deleteSure", { name: doomed.name })}
            action={t("room.delete")}
            busy={busy}
            onConfirm={() => void remove(doomed)}
            onCancel={() => setDoomed(undefined)}
          />
          <FormError text={problem} />
        </Dialog>
      )}
    </Part>
  );
}
