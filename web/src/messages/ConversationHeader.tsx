import { goBack, goTo } from "../app/route";
import { useCanSearch } from "../app/session";
import { detailsTab, toggleDetails } from "../details/detailsTab";
import { t } from "../i18n/translate";
import { WithPresence } from "../people/PresenceDot";
import { presenceText, usePresence } from "../people/usePresence";
import { searchIn } from "../search/searchLine";
import type { Conv } from "../socket/wire";
import { Avatar } from "../ui/Avatar";
import { IconButton } from "../ui/Button";
import { useStore } from "../ui/Store";

/** Who or what this is, whether they are there, and the way to the details. */
export function ConversationHeader({ conv }: { conv: Conv }) {
  const details = useStore(detailsTab, (now) => now);
  const seen = usePresence(conv.peer?.u);
  const canSearch = useCanSearch();
  const room = conv.kind !== "direct" && conv.kind !== "self";
  return (
    <header className="conv-head">
      <IconButton icon="back" label={t("header.back")} className="back" onClick={goBack} />
      <WithPresence seen={seen}>
        <Avatar id={conv.peer?.u ?? conv.c} name={conv.name} image={conv.avatar ?? conv.peer?.avatar} room={room} />
      </WithPresence>
      <div className="conv-head-text">
        <h1>
          <bdi>{conv.name}</bdi>
        </h1>
        <p>{detailOf(conv, presenceText(seen))}</p>
      </div>
      {canSearch && (
        <IconButton
          icon="search"
          label={t("header.search")}
          className="head-tool"
          onClick={() => {
            searchIn(conv.c);
            goTo("/search");
          }}
        />
      )}
      <IconButton
        icon={room ? "people" : "info"}
        label={t(conv.kind === "public" || conv.kind === "private" ? "room.details" : "details.title")}
        aria-expanded={details !== undefined}
        onClick={() => toggleDetails()}
      />
    </header>
  );
}

function detailOf(conv: Conv, presence: string): string {
  if (conv.kind === "self") return t("header.self");
  if (conv.kind === "direct") return presence || (conv.peer ? `@${conv.peer.username}` : "");
  const members = t("room.members", { n: conv.members });
  return conv.topic ? `${members} · ${conv.topic}` : members;
}
