import type { MouseEvent } from "react";
import { useCallback, useState } from "react";
import { useChat, useChatState, useConnection } from "../app/session";
import { t } from "../i18n/translate";
import { PeoplePicker } from "../people/PeoplePicker";
import { ApiError } from "../session/api";
import { refusalSentence } from "../session/errorText";
import type { Conv, RoomMember, User } from "../socket/wire";
import { Button } from "../ui/Button";
import { FormError } from "../ui/FormError";
import type { Place } from "../ui/Popover";
import { SearchField } from "../ui/SearchField";
import { toast } from "../ui/toast";
import { usePages } from "../ui/usePages";
import { MemberMenu } from "./MemberMenu";
import { MemberRow } from "./MemberRow";

/** Who is in it, and, for those who may, what can be done with them. */
export function MembersTab({ conv }: { conv: Conv }) {
  const connection = useConnection();
  const [text, setText] = useState("");
  const [adding, setAdding] = useState(false);
  const [menu, setMenu] = useState<{ readonly member: RoomMember; readonly at: Place }>();
  const { c, members: count } = conv;
  const q = text.trim();
  const ask = useCallback(async (after?: string) => {
    const answer = await connection.request("room.members", {
      c,
      limit: 100,
      ...(q === "" ? {} : { q }),
      ...(after === undefined ? {} : { after }),
    });
    if (!answer.ok) throw new ApiError(answer.code, answer.message, answer.after);
    return { items: answer.members, next: answer.next };
    // A coming or going asks again.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [connection, c, q, count]);
  const { items, problem, more, reload } = usePages(ask);

  function openMenu(event: MouseEvent<HTMLElement>, member: RoomMember) {
    event.preventDefault();
    const box = event.currentTarget.getBoundingClientRect();
    setMenu({ member, at: { x: box.right - 240, y: box.bottom } });
  }

  if (adding) return <AddPeople conv={conv} members={items ?? []} onDone={() => setAdding(false)} />;
  return (
    <>
      {conv.kind !== "group" && !conv.archived && (
        <Button icon="addPeople" wide onClick={() => setAdding(true)}>{t("room.addPeople")}</Button>
      )}
      {count > 8 && <SearchField label={t("people.search")} value={text} onValue={setText} autoFocus={false} />}
      <h2 className="list-title">{t("room.members", { n: count })}</h2>
      <FormError text={problem} />
      <ul className="member-list" aria-label={t("room.membersTitle")} aria-busy={items === undefined}>
        {items?.map((member) => (
          <li key={member.u}>
            <MemberRow conv={conv} member={member} onMenu={openMenu} />
          </li>
        ))}
      </ul>
      {items?.length === 0 && <p className="list-none">{t("people.notFound")}</p>}
      {more && <Button onClick={more}>{t("search.more")}</Button>}
      {menu && (
        <MemberMenu
          conv={conv}
          member={menu.member}
          at={menu.at}
          onChanged={reload}
          onClose={() => setMenu(undefined)}
        />
      )}
    </>
  );
}

function AddPeople({ conv, members, onDone }: { conv: Conv; members: readonly RoomMember[]; onDone: () => void }) {
  const chat = useChat();
  const connection = useConnection();
  const me = useChatState((state) => state.me.u);
  const [picked, setPicked] = useState<readonly User[]>([]);

  async function add() {
    if (picked.length === 0) return;
    const answer = await connection.request("room.add", { c: conv.c, members: picked.map(({ u }) => u) });
    if (!answer.ok) {
      toast(refusalSentence(answer));
      return;
    }
    chat.meet(answer.conv);
    onDone();
  }

  return (
    <div className="form">
      <PeoplePicker picked={picked} onPicked={setPicked} without={new Set([me, ...members.map(({ u }) => u)])} />
      <div className="part-buttons">
        <Button look="main" aria-disabled={picked.length === 0} onClick={() => void add()}>{t("room.add")}</Button>
        <Button onClick={onDone}>{t("app.back")}</Button>
      </div>
    </div>
  );
}
