import { useState } from "react";
import { useChatState } from "../app/session";
import { t } from "../i18n/translate";
import type { User } from "../socket/wire";
import { Avatar } from "../ui/Avatar";
import { Icon } from "../ui/Icon";
import { SearchField } from "../ui/SearchField";
import { usePeople } from "./usePeople";
import "./PeoplePicker.css";

interface PeoplePickerProps {
  readonly picked: readonly User[];
  readonly onPicked: (people: readonly User[]) => void;
  /** Who is there already, and not offered. */
  readonly without?: ReadonlySet<string>;
}

/** Several people out of everybody: those who are picked stand above the list. */
export function PeoplePicker({ picked, onPicked, without }: PeoplePickerProps) {
  const me = useChatState((state) => state.me.u);
  const [text, setText] = useState("");
  const people = usePeople(text)?.filter(({ u }) => u !== me && !without?.has(u));
  const has = (u: string) => picked.some((person) => person.u === u);
  const toggle = (person: User) =>
    onPicked(has(person.u) ? picked.filter(({ u }) => u !== person.u) : [...picked, person]);

  return (
    <div className="picker">
      <SearchField
        label={t("people.search")}
        value={text}
        onValue={setText}
        autoFocus={false}
        onEnter={() => {
          const [first] = people ?? [];
          if (text.trim() !== "" && first) {
            toggle(first);
            setText("");
          }
        }}
      />
      {picked.length > 0 && (
        <ul className="chips" aria-label={t("people.picked")}>
          {picked.map((person) => (
            <li key={person.u}>
              <button
                type="button"
                className="chip"
                aria-label={t("people.remove", { name: person.name })}
                onClick={() => toggle(person)}
              >
                {person.name} <Icon name="close" size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <ul className="picker-list scroll" aria-label={t("list.people")} aria-busy={people === undefined}>
        {people?.map((person) => (
          <li key={person.u}>
            <label className="list-row picker-row">
              <Avatar id={person.u} name={person.name} size="s" />
              <span className="picker-name">
                <bdi>{person.name}</bdi> <span>@{person.username}</span>
              </span>
              <input type="checkbox" checked={has(person.u)} onChange={() => toggle(person)} />
            </label>
          </li>
        ))}
      </ul>
      {people?.length === 0 && (
        <p className="list-none">{t(text.trim() === "" ? "people.nobody" : "people.notFound")}</p>
      )}
    </div>
  );
}
