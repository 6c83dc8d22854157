import type { ReactNode } from "react";
import { useMemo, useState } from "react";
import { conversationPath } from "../app/route";
import { useChat, useChatState, useSession } from "../app/session";
import { EmojiPicker } from "../emoji/EmojiPicker";
import { usedEmoji } from "../emoji/recentEmoji";
import { t } from "../i18n/translate";
import type { Conv, FileInfo, Msg } from "../socket/wire";
import { copy } from "../ui/copy";
import { toast } from "../ui/toast";
import type { MessageActions, Place } from "./actions";
import { rightsOf } from "./actions";
import type { SidePanel } from "./ConversationPane";
import { DeleteDialog } from "./DeleteDialog";
import { Lightbox } from "./Lightbox";
import { MessageMenu } from "./MessageMenu";
import { VersionsDialog } from "./VersionsDialog";

type Open =
  | { readonly kind: "menu" | "emoji"; readonly msg: Msg; readonly at: Place }
  | { readonly kind: "delete" | "versions"; readonly msg: Msg }
  | { readonly kind: "images"; readonly files: readonly FileInfo[]; readonly at: number };

/** What can be done with the messages of a conversation, and the dialog that is open for one of them. */
export function useConversationActions(
  conv: Conv,
  jump: (seq: number) => void,
  setPanel: (panel: SidePanel | undefined) => void,
): { actions: MessageActions; dialogs: ReactNode } {
  const chat = useChat();
  const { drafts } = useSession();
  const me = useChatState((state) => state.me);
  const [open, setOpen] = useState<Open>();
  const { c } = conv;

  const actions = useMemo((): MessageActions => ({
    reply: ({ seq, from, name, body }) => {
      drafts.reply(c, { seq, from, name, body: body.slice(0, 200) });
      if (globalThis.innerWidth < 1_100) setPanel(undefined);
    },
    edit: (msg) => drafts.edit(c, { seq: msg.seq, base: msg.v ?? 1, text: msg.body }),
    remove: (msg) => setOpen({ kind: "delete", msg }),
    pin: (msg) => chat.amend(c, msg.seq, { kind: "pin", on: msg.pin === undefined }),
    react: (msg, emoji) => {
      const mine = msg.re?.find(([sign]) => sign === emoji)?.[2].includes(me.u) ?? false;
      if (!mine) usedEmoji(emoji);
      chat.amend(c, msg.seq, { kind: "react", emoji, on: !mine });
    },
    pickReaction: (msg, at) => setOpen({ kind: "emoji", msg, at }),
    menu: (msg, at) => setOpen({ kind: "menu", msg, at }),
    unpreview: (msg) => chat.amend(c, msg.seq, { kind: "unpreview" }),
    versions: (msg) => setOpen({ kind: "versions", msg }),
    unreadFrom: (msg) => chat.markUnreadFrom(c, msg.seq),
    copyText: ({ body }) => void said(copy(body)),
    copyLink: ({ seq }) => void said(copy(`${location.origin}${conversationPath(c, seq)}`)),
    thread: (seq) => setPanel({ kind: "thread", seq }),
    jump,
    look: (files, at) => setOpen({ kind: "images", files, at }),
    // `jump` only sets state, so the first one is as good as any.
    // oxlint-disable-next-line react/exhaustive-deps
  }), [chat, drafts, c, me.u, setPanel]);

  return {
    actions,
    dialogs: open && <OpenDialog open={open} conv={conv} actions={actions} onClose={() => setOpen(undefined)} />,
  };
}

async function said(copied: Promise<boolean>): Promise<void> {
  toast(await copied ? t("app.copied") : t("error.unknown"));
}

interface OpenDialogProps {
  readonly open: Open;
  readonly conv: Conv;
  readonly actions: MessageActions;
  readonly onClose: () => void;
}

function OpenDialog({ open, conv, actions, onClose }: OpenDialogProps) {
  const chat = useChat();
  const me = useChatState((state) => state.me);
  switch (open.kind) {
    case "menu": {
      const rights = rightsOf(open.msg, conv, me);
      return <MessageMenu msg={open.msg} at={open.at} rights={rights} actions={actions} onClose={onClose} />;
    }
    case "emoji":
      return <EmojiPicker at={open.at} onPick={(emoji) => actions.react(open.msg, emoji)} onClose={onClose} />;
    case "delete":
      return (
        <DeleteDialog
          msg={open.msg}
          onClose={onClose}
          onDelete={() => chat.amend(conv.c, open.msg.seq, { kind: "del" })}
        />
      );
    case "versions":
      return <VersionsDialog msg={open.msg} onClose={onClose} />;
    case "images":
      return <Lightbox files={open.files} start={open.at} onClose={onClose} />;
  }
}
