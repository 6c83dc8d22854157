import { useMemo } from "react";
import { listed } from "./listed";
import { goTo } from "../app/route";
import { useChatState, useSession } from "../app/session";
import { isAdmin } from "../people/isAdmin";
import type { ShellDialog } from "../app/Shell";
import { t } from "../i18n/translate";
import { Button } from "../ui/Button";
import { useStore } from "../ui/Store";
import { useMinute } from "../ui/useMinute";
import { withPending } from "./book";
import { ConversationRow } from "./ConversationRow";

/** My conversations, newest activity first. */
export function ConversationList(
  { open, onDialog }: { open: string | undefined; onDialog: (dialog: ShellDialog) => void },
) {
  const { drafts } = useSession();
  const ready = useChatState((state) => state.ready);
  const convs = useChatState((state) => state.convs);
  const typing = useChatState((state) => state.typing);
  const outbox = useChatState((state) => state.outbox);
  const me = useChatState((state) => state.me);
  const written = useStore(drafts.store, (all) => all);
  const now = useMinute();
  const list = useMemo(() => listed(withPending(convs, outbox, me), open), [convs, outbox, me, open]);

  if (!ready) return <Skeleton />;
  if (list.length === 0) {
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
    <ul className="list" aria-label={t("list.title")}>
      {list.map((conv) => (
        <li key={conv.c}>
          <ConversationRow
            conv={conv}
            me={me.u}
            selected={conv.c === open}
            now={now}
            typing={typing.has(conv.c)}
            draft={conv.c === open ? "" : written.get(conv.c) ?? ""}
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
