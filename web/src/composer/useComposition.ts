import { useEffect } from "react";
import { useChat, useChatState, useSession } from "../app/session";
import { at, holds } from "../messages/historyWindow";
import type { StoredFile } from "../messages/OutboxStorage";
import type { Conv, Msg, ReplyInfo } from "../socket/wire";
import { useStore } from "../ui/Store";
import type { EditDraft } from "./Drafts";

export interface Composition {
  readonly text: string;
  readonly edit: EditDraft | undefined;
  readonly reply: ReplyInfo | undefined;
  readonly files: readonly StoredFile[];
  readonly longest: number;
  /** How the message under edit reads now. */
  readonly present: string | undefined;
  write(text: string): void;
  /** True when a new message has gone. */
  send(): boolean;
  /** Back to the message that was being written before. */
  cancel(): void;
  /** Begins to edit my newest message, if there is one in reach. */
  editLast(): boolean;
}

const noFiles: readonly StoredFile[] = [];

/** What is being written in a conversation: a new message with all that belongs to it, or a change of an old one. */
export function useComposition({ c }: Conv): Composition {
  const chat = useChat();
  const { drafts } = useSession();
  const me = useChatState((state) => state.me.u);
  const longest = useChatState((state) => state.longest);
  const window = useChatState((state) => state.windows.get(c));
  const refused = useChatState((state) => state.refusedEdit);
  const draft = useStore(drafts.store, (all) => all.get(c) ?? "");
  const edit = useStore(drafts.edits, (all) => all.get(c));
  const reply = useStore(drafts.replies, (all) => all.get(c));
  const files = useStore(drafts.files, (all) => all.get(c) ?? noFiles);
  const edited = edit && window && holds(window, edit.seq) ? at(window, edit.seq) : undefined;

  useEffect(() => {
    if (!refused || refused.c !== c) return;
    const now = window && holds(window, refused.seq) ? at(window, refused.seq) : undefined;
    const conflict = refused.code === "conflict";
    drafts.edit(c, { seq: refused.seq, base: now?.v ?? 1, text: refused.body, conflict });
    chat.takeRefusedEdit();
  }, [refused, c, window, drafts, chat]);

  // After a conflict the next attempt is made from the version that is shown beside it.
  useEffect(() => {
    if (edit?.conflict && edited?.v !== undefined && edited.v > edit.base) drafts.edit(c, { ...edit, base: edited.v });
  }, [edit, edited?.v, c, drafts]);

  return {
    text: edit ? edit.text : draft,
    edit,
    reply: edit ? undefined : reply,
    files,
    longest,
    present: edited?.body,
    write: (text) => {
      if (edit) drafts.edit(c, { ...edit, text });
      else drafts.set(c, text);
      if (text.trim() !== "") chat.typing(c);
    },
    send: () => {
      if (edit) {
        const body = edit.text.trim();
        if (body !== edited?.body) chat.amend(c, edit.seq, { kind: "edit", body, base: edit.base });
        drafts.edit(c, undefined);
        return false;
      }
      const extras = { ...(reply && { reply }), ...(files.length > 0 && { files }) };
      chat.send(c, draft.trim(), extras);
      drafts.set(c, "");
      drafts.reply(c, undefined);
      drafts.detach(c);
      return true;
    },
    cancel: () => (edit ? drafts.edit(c, undefined) : drafts.reply(c, undefined)),
    editLast: () => {
      const last = lastOwn(window?.msgs ?? [], me);
      if (last) drafts.edit(c, { seq: last.seq, base: last.v ?? 1, text: last.body });
      return last !== undefined;
    },
  };
}

function lastOwn(msgs: readonly Msg[], me: string): Msg | undefined {
  for (let i = msgs.length - 1; i >= 0; i--) {
    const msg = msgs[i];
    if (msg && msg.from === me && msg.kind === "text" && !msg.del && msg.body !== "") return msg;
  }
  return undefined;
}
