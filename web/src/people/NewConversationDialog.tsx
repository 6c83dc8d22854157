import { useState } from "react";
import { conversationPath, goTo } from "../app/route";
import { useChat, useChatState, useConnection } from "../app/session";
import type { ShellDialog } from "../app/Shell";
import { ResultRow } from "../conversations/SearchResultsList";
import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import type { IconName } from "../ui/Icon";
import { Icon } from "../ui/Icon";
import { SearchField } from "../ui/SearchField";
import { toast } from "../ui/toast";
import { usePeople } from "./usePeople";
import "./NewConversationDialog.css";

interface NewConversationDialogProps {
  readonly onClose: () => void;
  readonly onDialog: (dialog: ShellDialog) => void;
}

/** Whom do you want to talk to? One list of people; rooms are two steps further. */
export function NewConversationDialog({ onClose, onDialog }: NewConversationDialogProps) {
  const chat = useChat();
  const connection = useConnection();
  const me = useChatState((state) => state.me.u);
  const [text, setText] = useState("");
  const people = usePeople(text);
  const others = people?.filter(({ u }) => u !== me);

  async function talkTo(u: string) {
    const answer = await connection.request("dm", { u });
    if (!answer.ok) {
      toast(answer.message);
      return;
    }
    chat.meet(answer.conv);
    onClose();
    goTo(conversationPath(answer.conv.c));
  }

  return (
    <Dialog title={t("list.new")} onClose={onClose}>
      <SearchField
        label={t("people.search")}
        value={text}
        onValue={setText}
        onEnter={() => others?.[0] && void talkTo(others[0].u)}
      />
      {text.trim() === "" && (
        <ul className="choices">
          <Choice icon="hash" title={t("room.new")} onPick={() => onDialog("room")} />
          <Choice icon="people" title={t("group.new")} onPick={() => onDialog("group")} />
          <Choice icon="compass" title={t("room.browse")} onPick={() => onDialog("browse")} />
          <Choice icon="note" title={t("list.notes")} onPick={() => void talkTo(me)} />
        </ul>
      )}
      <h3 className="list-title">{t("list.people")}</h3>
      <ul className="list dialog-list" aria-busy={others === undefined}>
        {others?.map(({ u, name, username }) => (
          <li key={u}>
            <ResultRow id={u} name={name} detail={`@${username}`} onPick={() => void talkTo(u)} />
          </li>
        ))}
      </ul>
      {others?.length === 0 && (
        <p className="list-none">{t(text.trim() === "" ? "people.nobody" : "people.notFound")}</p>
      )}
    </Dialog>
  );
}

function Choice({ icon, title, onPick }: { icon: IconName; title: string; onPick: () => void }) {
  return (
    <li>
      <button type="button" className="list-row choice" onClick={onPick}>
        <span className="choice-icon">
          <Icon name={icon} />
        </span>
        {title}
      </button>
    </li>
  );
}
