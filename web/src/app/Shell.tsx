import { useEffect, useMemo, useState } from "react";
import { useSections } from "../conversations/ConversationList";
import { neighbour } from "../conversations/sections";
import { Sidebar } from "../conversations/Sidebar";
import { detailsTab } from "../details/detailsTab";
import { ConversationPane } from "../messages/ConversationPane";
import { isAdmin } from "../people/isAdmin";
import type { SwitcherActions } from "../switcher/actions";
import { holdKeys, takeKeys } from "../switcher/typedAhead";
import { Announcer } from "../ui/Announcer";
import { classes } from "../ui/classes";
import { useStore } from "../ui/Store";
import { totalUnread } from "./chatState";
import { ConnectionBar } from "./ConnectionBar";
import { EmptyPane } from "./EmptyPane";
import { Late } from "./Late";
import { LoadingHeading } from "./LoadingHeading";
import { MissingPane } from "./MissingPane";
import {
  loadAdmin,
  loadDetails,
  loadKeys,
  loadNew,
  loadSearch,
  loadSettings,
  loadSwitcher,
  loadWelcome,
} from "./parts";
import type { Route } from "./route";
import { conversationPath, goTo, replaceWith, route } from "./route";
import { useCanSearch, useChat, useChatState, useSession } from "./session";
import { TabBar } from "./TabBar";
import { useShortcuts } from "./useShortcuts";
import "./Shell.css";

export type ShellDialog = "new" | "room" | "group" | "browse" | "switcher" | "keys";

/** The panes: the list, the conversation or what was searched, the details. On a phone one of them at a time. */
export function Shell({ serverName }: { serverName: string }) {
  const chat = useChat();
  const { arrangement } = useSession().session;
  const where = useStore(route, (now) => now);
  const details = useStore(detailsTab, (now) => now);
  const [dialog, setDialog] = useState<ShellDialog>();
  const open = where.kind === "conversation" ? where.c : undefined;
  const conv = useChatState((state) => (open === undefined ? undefined : state.convs.get(open)));
  const ready = useChatState((state) => state.ready);
  const unread = useChatState(totalUnread);
  const admin = useChatState((state) => isAdmin(state.me));
  const canSearch = useCanSearch();
  const first = useChatState((state) => state.convs.size === 0);
  const sections = useSections(open);

  useEffect(() => chat.show(open), [chat, open]);

  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${serverName}` : serverName;
  }, [unread, serverName]);

  useEffect(() => {
    const locked = (where.kind === "admin" && !admin) || (where.kind === "search" && !canSearch);
    if (locked) replaceWith("/");
  }, [where.kind, admin, canSearch]);

  const openSwitcher = () => {
    holdKeys(() => {
      takeKeys();
      setDialog(undefined);
    });
    loadSwitcher().catch(takeKeys); // what went wrong is said in its place; the keys are the page's again
    setDialog("switcher");
  };

  useShortcuts({
    switcher: openSwitcher,
    search: () => (canSearch ? goTo("/search") : openSwitcher()),
    settings: () => goTo("/settings"),
    list: () => setDialog("keys"),
    step: (step, onlyUnread) => {
      const next = neighbour(sections, open, step, onlyUnread, Date.now());
      if (next !== undefined) goTo(conversationPath(next));
    },
  });

  const actions = useMemo((): SwitcherActions => ({
    open: conv,
    admin,
    canSearch,
    onDialog: setDialog,
    mute: (which, until) => void arrangement.mute(which, until),
    pin: (which, on) => void arrangement.pin(which, on),
  }), [conv, admin, canSearch, arrangement]);

  if (where.kind === "welcome") {
    return (
      <Late
        load={loadWelcome}
        heading={
          <main>
            <LoadingHeading />
          </main>
        }
      >
        {(part) => <part.WelcomeScreen />}
      </Late>
    );
  }
  const close = () => setDialog(undefined);
  const beside = conv !== undefined && details !== undefined;
  return (
    <main className={classes("shell", !isList(where) && "shell-open", beside && "shell-details")}>
      <ConnectionBar />
      {where.kind === "settings" && (
        <Late load={loadSettings} heading={<LoadingHeading />}>
          {(part) => <part.SettingsScreen page={where.page} />}
        </Late>
      )}
      {where.kind === "admin" && admin && (
        <Late load={loadAdmin} heading={<LoadingHeading />}>{(part) => <part.AdminScreen page={where.page} />}</Late>
      )}
      {where.kind !== "settings" && where.kind !== "admin" && (
        <div className="panes">
          <Sidebar serverName={serverName} open={open} sections={sections} onDialog={setDialog} />
          {where.kind === "search" && canSearch && (
            <Late load={loadSearch} heading={<LoadingHeading />}>{(part) => <part.SearchPane />}</Late>
          )}
          {where.kind === "mentions" && (
            <Late load={loadSearch} heading={<LoadingHeading />}>{(part) => <part.MentionsPane />}</Late>
          )}
          {conv && <ConversationPane key={conv.c} conv={conv} />}
          {!conv && ready && where.kind === "conversation" && <MissingPane />}
          {!conv && (where.kind === "home" || (where.kind === "conversation" && !ready)) && (
            <EmptyPane
              waiting={!ready}
              first={first}
              onNew={() => setDialog("new")}
            />
          )}
          {conv && details && (
            <Late load={loadDetails}>{(part) => <part.DetailsPanel conv={conv} tab={details} />}</Late>
          )}
        </div>
      )}
      {isTab(where) && <TabBar kind={where.kind} />}
      {dialog && dialog !== "switcher" && dialog !== "keys" && (
        <Late load={loadNew}>
          {(part) => (
            <>
              {dialog === "new" && <part.NewConversationDialog onClose={close} onDialog={setDialog} />}
              {dialog === "room" && <part.NewRoomDialog onClose={close} />}
              {dialog === "group" && <part.NewGroupDialog onClose={close} />}
              {dialog === "browse" && <part.BrowseRoomsDialog onClose={close} />}
            </>
          )}
        </Late>
      )}
      {dialog === "switcher" && (
        <Late load={loadSwitcher}>{(part) => <part.Switcher actions={actions} onClose={close} />}</Late>
      )}
      {dialog === "keys" && <Late load={loadKeys}>{(part) => <part.ShortcutsDialog onClose={close} />}</Late>}
      <Announcer />
    </main>
  );
}

/** On a phone the list is the screen. */
function isList(where: Route): boolean {
  return where.kind === "home";
}

/** The places where the phone's bar is shown: not inside of something. */
function isTab(where: Route): boolean {
  if (where.kind === "settings") return where.page === undefined;
  return where.kind === "home" || where.kind === "mentions" || where.kind === "search";
}
