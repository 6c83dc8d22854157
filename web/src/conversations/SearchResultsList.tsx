import type { ReactNode } from "react";
import { useChatState } from "../app/session";
import { t } from "../i18n/translate";
import { Avatar } from "../ui/Avatar";
import { useMinute } from "../ui/useMinute";
import { ConversationRow } from "./ConversationRow";
import type { SearchResults } from "./useSearch";

interface SearchResultsListProps {
  readonly results: SearchResults;
  readonly open: string | undefined;
  readonly onPerson: (u: string) => void;
  readonly onRoom: (c: string) => void;
}

/** What the search found, in three parts. The first entry is what Enter opens. */
export function SearchResultsList({ results, open, onPerson, onRoom }: SearchResultsListProps) {
  const me = useChatState((state) => state.me.u);
  const now = useMinute();
  const { convs, people, rooms, complete } = results;
  if (convs.length + people.length + rooms.length === 0) {
    return <p className="list-none" role="status">{t(complete ? "app.notfound" : "app.searching")}</p>;
  }
  return (
    <>
      <Part title={t("list.title")} show={convs.length > 0}>
        {convs.map((conv) => (
          <li key={conv.c}>
            <ConversationRow conv={conv} me={me} selected={conv.c === open} now={now} typing={false} draft="" />
          </li>
        ))}
      </Part>
      <Part title={t("list.people")} show={people.length > 0}>
        {people.map(({ u, name, username }) => (
          <li key={u}>
            <ResultRow id={u} name={name} detail={`@${username}`} onPick={() => onPerson(u)} />
          </li>
        ))}
      </Part>
      <Part title={t("list.rooms")} show={rooms.length > 0}>
        {rooms.map(({ c, name, topic, members }) => (
          <li key={c}>
            <ResultRow
              id={c}
              name={name}
              detail={topic || t("room.members", { n: members })}
              room
              onPick={() => onRoom(c)}
            />
          </li>
        ))}
      </Part>
    </>
  );
}

function Part({ title, show, children }: { title: string; show: boolean; children: ReactNode }) {
  if (!show) return null;
  return (
    <section aria-label={title}>
      <h2 className="list-title">{title}</h2>
      <ul className="list">{children}</ul>
    </section>
  );
}

interface ResultRowProps {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  readonly room?: boolean;
  readonly onPick: () => void;
}

export function ResultRow({ id, name, detail, room = false, onPick }: ResultRowProps) {
  return (
    <button type="button" className="list-row" onClick={onPick}>
      <Avatar id={id} name={name} room={room} />
      <span className="conv-text">
        <span className="conv-name">
          <bdi>{name}</bdi>
        </span>
        <span className="conv-preview">{detail}</span>
      </span>
    </button>
  );
}
