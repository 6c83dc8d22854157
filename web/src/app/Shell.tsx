import { lazy, Suspense, useEffect, useState } from "react";
import { Sidebar } from "../conversations/Sidebar";
import { ConversationPane } from "../messages/ConversationPane";
import { BrowseRoomsDialog } from "../rooms/BrowseRoomsDialog";
import { NewRoomDialog } from "../rooms/NewRoomDialog";
import { NewConversationDialog } from "../people/NewConversationDialog";
import { loadArea } from "../i18n/language";
import { classes } from "../ui/classes";
import { useStore } from "../ui/Store";
import { totalUnread } from "./chatState";
import { ConnectionBar } from "./ConnectionBar";
import { EmptyPane } from "./EmptyPane";
import { replaceWith, route } from "./route";
import { useChat, useChatState } from "./session";
import "./Shell.css";

const SettingsDialog = lazy(async () => {
  await Promise.all([loadArea("settings"), loadArea("admin")]);
  return { default: (await import("../settings/SettingsDialog")).SettingsDialog };
});

export type ShellDialog = "new" | "room" | "browse" | "settings";

/** The two panes: the list, and the conversation. On a phone one of them at a time. */
export function Shell({ serverName }: { serverName: string }) {
  const chat = useChat();
  const where = useStore(route, (now) => now);
  const [dialog, setDialog] = useState<ShellDialog>();
  const open = where.kind === "conversation" ? where.c : undefined;
  const conv = useChatState((state) => (open === undefined ? undefined : state.convs.get(open)));
  const ready = useChatState((state) => state.ready);
  const unread = useChatState(totalUnread);
  const first = useChatState((state) => state.convs.size === 0);

  useEffect(() => chat.show(open), [chat, open]);

  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${serverName}` : serverName;
  }, [unread, serverName]);

  useEffect(() => {
    if (ready && open !== undefined && !conv) replaceWith("/"); // not mine, or not any more
  }, [ready, open, conv]);

  const close = () => setDialog(undefined);
  return (
    <main className={classes("shell", open !== undefined && "shell-open")}>
      <ConnectionBar />
      <div className="panes">
        <Sidebar serverName={serverName} open={open} onDialog={setDialog} />
        {conv
          ? <ConversationPane key={conv.c} conv={conv} />
          : <EmptyPane waiting={open !== undefined || !ready} first={first} onNew={() => setDialog("new")} />}
      </div>
      {dialog === "new" && <NewConversationDialog onClose={close} onDialog={setDialog} />}
      {dialog === "room" && <NewRoomDialog onClose={close} />}
      {dialog === "browse" && <BrowseRoomsDialog onClose={close} />}
      {dialog === "settings" && (
        <Suspense fallback={null}>
          <SettingsDialog serverName={serverName} onClose={close} />
        </Suspense>
      )}
    </main>
  );
}
