import { useCallback, useEffect, useState } from "react";
import { t } from "../i18n/translate";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { Part } from "../ui/Desk";
import { SearchField } from "../ui/SearchField";
import { agoText, exactTime } from "../ui/time";
import type { Person } from "./adminApi";
import { adminApi } from "./adminApi";
import { MorePages } from "./MorePages";
import { NewPersonDialog } from "./NewPersonDialog";
import { PersonDialog } from "./PersonDialog";
import { usePages } from "../ui/usePages";

const pause = 200;

export function PeoplePage() {
  const [text, setText] = useState("");
  const q = useSettled(text.trim());
  const ask = useCallback(async (after?: string) => {
    const { people, next } = await adminApi.people(q, after);
    return { items: people, next };
  }, [q]);
  const pages = usePages(ask);
  const [open, setOpen] = useState<string>();
  const [adding, setAdding] = useState(false);
  const person = pages.items?.find(({ u }) => u === open);

  return (
    <Part>
      <div className="admin-bar">
        <SearchField label={t("people.search")} value={text} onValue={setText} autoFocus={false} />
        <Button look="main" icon="addPeople" onClick={() => setAdding(true)}>{t("people.new")}</Button>
      </div>
      <MorePages pages={pages} none={t("people.notFound")}>
        {(people) => (
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t("people.person")}</th>
                <th scope="col">{t("people.state")}</th>
                <th scope="col">{t("people.seen")}</th>
                <th scope="col">{t("people.devices")}</th>
                <th scope="col">
                  <span className="unseen">{t("admin.actions")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {people.map((each) => <PersonRow key={each.u} person={each} onOpen={() => setOpen(each.u)} />)}
            </tbody>
          </table>
        )}
      </MorePages>
      {person && <PersonDialog person={person} onChanged={pages.reload} onClose={() => setOpen(undefined)} />}
      {adding && <NewPersonDialog onCreated={pages.reload} onClose={() => setAdding(false)} />}
    </Part>
  );
}

function PersonRow({ person, onOpen }: { person: Person; onOpen: () => void }) {
  const { u, name, username, avatar, seen, sessions } = person;
  return (
    <tr>
      <th scope="row">
        <span className="cell-person">
          <Avatar id={u} name={name} image={avatar} size="s" />
          <span>
            <bdi>{name}</bdi>
            <span className="cell-detail">@{username}</span>
          </span>
        </span>
      </th>
      <td data-label={t("people.state")}>
        <PersonTags person={person} />
      </td>
      <td data-label={t("people.seen")}>
        {seen === undefined ? t("people.never") : <time title={exactTime(seen)}>{agoText(seen)}</time>}
      </td>
      <td data-label={t("people.devices")}>{sessions ?? 0}</td>
      <td className="cell-actions">
        <Button aria-label={t("people.manageNamed", { name })} onClick={onOpen}>{t("people.manage")}</Button>
      </td>
    </tr>
  );
}

export function PersonTags({ person }: { person: Person }) {
  return (
    <span className="tags">
      {person.role === "admin" && <span className="tag tag-good">{t("people.admin")}</span>}
      {person.state === "banned" && <span className="tag tag-bad">{t("people.banned")}</span>}
      {person.state === "deactivated" && <span className="tag tag-bad">{t("people.deactivated")}</span>}
      {person.bot && <span className="tag">{t("people.bot")}</span>}
      {person.totp && <span className="tag">{t("people.totp")}</span>}
      {person.role !== "admin" && !person.state && !person.bot && <span className="tag">{t("people.member")}</span>}
    </span>
  );
}

/** The text once nothing was typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
