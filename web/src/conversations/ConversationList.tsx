import { useMemo, useState } from "react";
import { goTo } from "../app/route";
import { useChatState, useSession } from "../app/session";
import type { ShellDialog } from "../app/Shell";
import type { Key } from "../i18n/translate";
import { t, textOf } from "../i18n/translate";
import { isAdmin } from "../people/isAdmin";
import type { Conv } from "../socket/wire";
import { Button } from "../ui/Button";
import { classes } from "../ui/classes";
import { Icon } from "../ui/Icon";
import { readItem, writeItem } from "../ui/localItems";
import { useStore } from "../ui/Store";
import { useMinute } from "../ui/useMinute";
import { withPending } from "./book";
import { ConversationRow } from "./ConversationRow";
import { listed } from "./listed";
import type { Section, SectionId } from "./sections";
import { sectionOf, sectionsOf } from "./sections";
import { useConversationMenu } from "./useConversationMenu";

const titles: Readonly<Record<SectionId, Key>> = {
  unread: "sections.unread",
  pinned: "sections.pinned",
  direct: "sections.direct",
  rooms: "list.rooms",
  archived: "sections.archived",
};
const foldedKey = "parley.folded";

/** My conversations as they stand in the list. */
export function useSections(open: string | undefined): readonly Section[] {
  const convs = useChatState((state) => state.convs);
  const outbox = useChatState((state) => state.outbox);
  const me = useChatState((state) => state.me);
  const { drafts } = useSession();
  // The conversations with a draft, as one text: what is typed into one of them changes nothing here.
  const begun = useStore(drafts.store, (all) => [...all.keys()].sort().join(" "));
  const now = useMinute();
  const conv = open === undefined ? undefined : convs.get(open);
  const [stay, setStay] = useState<{ readonly c: string; readonly id: SectionId }>();
  if (stay?.c !== conv?.c) setStay(conv && { c: conv.c, id: sectionOf(conv, now) }); // where it stood when it was opened
  return useMemo(
    () => sectionsOf(listed(withPending(convs, outbox, me), open, new Set(begun.split(" "))), open, stay?.id, now),
    [convs, outbox, me, open, begun, stay, now],
  );
}

/** The list in its sections, each of which can be folded. */
export function ConversationList(
  { open, sections, onDialog }: {
    open: string | undefined;
    sections: readonly Section[];
    onDialog: (dialog: ShellDialog) => void;
  },
) {
  const ready = useChatState((state) => state.ready);
  const me = useChatState((state) => state.me);
  const { onMenu, menu } = useConversationMenu();
  const [folded, setFolded] = useState<ReadonlySet<string>>(() =>
    new Set((readItem(foldedKey) ?? "archived").split(" "))
  );

  function fold(id: SectionId) {
    const next = new Set(folded);
    if (!next.delete(id)) next.add(id);
    setFolded(next);
    writeItem(foldedKey, [...next].join(" "));
  }

  if (!ready) return <Skeleton />;
  if (sections.length === 0) {
    return (
      <div className="list-empty">
        <p>{t("list.none")}</p>
        <p>{t("list.noneText")}</p>
        <Button look="main" icon="compose" onClick={() => onDialog("new")}>{t("list.new")}</Button>
        {isAdmin(me) && (
          <Button look="quiet" icon="link" onClick={() => goTo("/admin/invitations")}>{t("list.invite")}</Button>
        )}
      </div>
    );
  }
  return (
    <div role="group" aria-label={t("list.title")}>
      {sections.map(({ id, convs }) => {
        const shut = folded.has(id);
        const title = textOf(titles[id]);
        return (
          <section key={id} aria-label={title} className="list-section">
            <h2 className="list-fold">
              <button type="button" aria-expanded={!shut} onClick={() => fold(id)}>
                <Icon name="next" size={13} />
                {title}
                {shut && <span className="list-fold-count">{convs.length}</span>}
              </button>
            </h2>
            {!shut && <Rows title={title} convs={convs} open={open} me={me.u} onMenu={onMenu} />}
          </section>
        );
      })}
      {menu}
    </div>
  );
}

interface RowsProps {
  readonly title: string;
  readonly convs: readonly Conv[];
  readonly open: string | undefined;
  readonly me: string;
  readonly onMenu: ReturnType<typeof useConversationMenu>["onMenu"];
}

function Rows({ title, convs, open, me, onMenu }: RowsProps) {
  const { drafts } = useSession();
  const typing = useChatState((state) => state.typing);
  const written = useStore(drafts.store, (all) => all);
  const now = useMinute();
  return (
    <ul className={classes("list", "conv-list")} aria-label={title}>
      {convs.map((conv) => (
        <li key={conv.c}>
          <ConversationRow
            conv={conv}
            me={me}
            selected={conv.c === open}
            now={now}
            typing={typing.has(conv.c)}
            draft={conv.c === open ? "" : written.get(conv.c) ?? ""}
            onMenu={onMenu}
          />
        </li>
      ))}
    </ul>
  );
}

/** Shown on the very first load only, and only when that takes a moment. */
function Skeleton() {
  return (
    <div className="skeletons" aria-busy="true" aria-label={t("list.loading")} role="status">
      {[0, 1, 2, 3, 4, 5].map((i) => <div key={i} className="skeleton" />)}
    </div>
  );
}
