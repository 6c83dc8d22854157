import type { KeyboardEvent } from "react";
import { useRef, useState } from "react";
import { totalMentions } from "../app/chatState";
import { conversationPath, goTo } from "../app/route";
import { useCanSearch, useChat, useChatState, useConnection } from "../app/session";
import type { ShellDialog } from "../app/Shell";
import { t } from "../i18n/translate";
import { Avatar } from "../ui/Avatar";
import { IconButton } from "../ui/Button";
import { classes } from "../ui/classes";
import { Icon } from "../ui/Icon";
import { toast } from "../ui/toast";
import { ConversationList } from "./ConversationList";
import type { Section } from "./sections";
import { SearchResultsList } from "./SearchResultsList";
import { moveInList } from "./moveInList";
import { useSearch } from "./useSearch";
import "./Sidebar.css";

interface SidebarProps {
  readonly serverName: string;
  readonly open: string | undefined;
  readonly sections: readonly Section[];
  readonly onDialog: (dialog: ShellDialog) => void;
}

/** The left pane: who I am, the search, my conversations. */
export function Sidebar({ serverName, open, sections, onDialog }: SidebarProps) {
  const chat = useChat();
  const connection = useConnection();
  const me = useChatState((state) => state.me);
  const mentions = useChatState(totalMentions);
  const [text, setText] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const pane = useRef<HTMLElement>(null);
  const canSearch = useCanSearch();
  const results = useSearch(text);

  async function talkTo(u: string) {
    const answer = await connection.request("dm", { u });
    if (answer.ok) arrive(answer.conv.c, () => chat.meet(answer.conv));
    else toast(answer.message);
  }

  async function join(c: string) {
    const answer = await connection.request("room.join", { c });
    if (answer.ok) arrive(answer.conv.c, () => chat.meet(answer.conv));
    else toast(answer.message);
  }

  function arrive(c: string, meet: () => void) {
    meet();
    setText("");
    goTo(conversationPath(c));
  }

  function openFirst() {
    const [conv] = results.convs;
    const [person] = results.people;
    const [room] = results.rooms;
    if (conv) arrive(conv.c, () => undefined);
    else if (person) void talkTo(person.u);
    else if (room) void join(room.c);
  }

  function onSearchKey(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") openFirst();
    else if (event.key === "Escape") setText("");
    else return;
    event.preventDefault();
  }

  return (
    // The arrow keys move between rows; every row is reachable with Tab as well.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <nav
      className="sidebar"
      aria-label={t("list.title")}
      ref={pane}
      onKeyDown={(event) => moveInList(event, pane.current)}
    >
      <header className="sidebar-head">
        <button
          type="button"
          className="me-button"
          aria-label={t("list.settingsOf", { name: me.name })}
          title={t("list.settings")}
          onClick={() => goTo("/settings")}
        >
          <Avatar id={me.u} name={me.name} image={me.avatar} size="s" />
        </button>
        <h1>{serverName}</h1>
        <IconButton
          icon="at"
          label={mentions > 0 ? t("list.mentions", { n: mentions }) : t("tabs.mentions")}
          className={classes("head-tool", mentions > 0 && "head-tool-on")}
          onClick={() => goTo("/mentions")}
        />
        {canSearch && (
          <IconButton
            icon="search"
            label={t("keys.search")}
            className="head-tool"
            onClick={() => goTo("/search")}
          />
        )}
        <IconButton icon="compose" label={t("list.new")} onClick={() => onDialog("new")} />
      </header>
      <div className="search" role="search">
        <Icon name="search" size={18} />
        <input
          ref={input}
          type="search"
          aria-label={t("list.search")}
          placeholder={t("list.search")}
          autoComplete="off"
          maxLength={64}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onSearchKey}
        />
      </div>
      <div className="sidebar-list scroll">
        {text.trim() === ""
          ? <ConversationList open={open} sections={sections} onDialog={onDialog} />
          : (
            <SearchResultsList
              results={results}
              open={open}
              onPerson={(u) => void talkTo(u)}
              onRoom={(c) => void join(c)}
            />
          )}
      </div>
    </nav>
  );
}
