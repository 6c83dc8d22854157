import { useEffect, useState } from "react";
import { Sidebar } from "../conversations/Sidebar";
import { ConversationPane } from "../messages/ConversationPane";
import { BrowseRoomsDialog } from "../rooms/BrowseRoomsDialog";
import { NewRoomDialog } from "../rooms/NewRoomDialog";
import { isAdmin } from "../people/isAdmin";
import { NewConversationDialog } from "../people/NewConversationDialog";
import { classes } from "../ui/classes";
import { useStore } from "../ui/Store";
import { totalUnread } from "./chatState";
import { ConnectionBar } from "./ConnectionBar";
import { EmptyPane } from "./EmptyPane";
import { Late } from "./Late";
import { loadAdmin, loadSettings, loadWelcome } from "./parts";
import type { Route } from "./route";
import { replaceWith, route } from "./route";
import { useChat, useChatState } from "./session";
import { TabBar } from "./TabBar";
import "./Shell.css";

export type ShellDialog = "new" | "room" | "browse";

/** The two panes: the list, and the conversation. On a phone one of them at a time. */
export function Shell({ serverName }: { serverName: string }) {
  const chat = useChat();
  const where = useStore(route, (now) => now);
  const [dialog, setDialog] = useState<ShellDialog>();
  const open = where.kind === "conversation" ? where.c : undefined;
  const conv = useChatState((state) => (open === undefined ? undefined : state.convs.get(open)));
  const ready = useChatState((state) => state.ready);
  const unread = useChatState(totalUnread);
  const admin = useChatState((state) => isAdmin(state.me));
  const first = useChatState((state) => state.convs.size === 0);

  useEffect(() => chat.show(open), [chat, open]);

  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${serverName}` : serverName;
  }, [unread, serverName]);

  useEffect(() => {
    if (ready && open !== undefined && !conv) replaceWith("/"); // not mine, or not any more
  }, [ready, open, conv]);

  useEffect(() => {
    if (where.kind === "admin" && !admin) replaceWith("/");
  }, [where.kind, admin]);

  if (where.kind === "welcome") return <Late load={loadWelcome}>{(part) => <part.WelcomeScreen />}</Late>;
  const isChat = where.kind !== "settings" && where.kind !== "admin";
  const close = () => setDialog(undefined);
  return (
    <main className={classes("shell", open !== undefined && "shell-open")}>
      <ConnectionBar />
      {where.kind === "settings" && (
        <Late load={loadSettings}>{(part) => <part.SettingsScreen page={where.page} />}</Late>
      )}
      {where.kind === "admin" && admin && (
        <Late load={loadAdmin}>{(part) => <part.AdminScreen page={where.page} />}</Late>
      )}
      {isChat && (
        <div className="panes">
          <Sidebar serverName={serverName} open={open} onDialog={setDialog} />
          {conv
            ? <ConversationPane key={conv.c} conv={conv} />
            : <EmptyPane waiting={open !== undefined || !ready} first={first} onNew={() => setDialog("new")} />}
        </div>
      )}
      {isTab(where) && <TabBar kind={where.kind} />}
      {dialog === "new" && <NewConversationDialog onClose={close} onDialog={setDialog} />}
      {dialog === "room" && <NewRoomDialog onClose={close} />}
      {dialog === "browse" && <BrowseRoomsDialog onClose={close} />}
    </main>
  );
}

/** The places where the phone's bar is shown: not inside of something. */
function isTab(where: Route): boolean {
  if (where.kind === "settings") return where.page === undefined;
  return where.kind === "home" || where.kind === "mentions" || where.kind === "search";
}
