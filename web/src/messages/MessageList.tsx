import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useChat, useChatState } from "../app/session";
import { t } from "../i18n/translate";
import { preferences } from "../settings/preferences";
import type { Conv } from "../socket/wire";
import { classes } from "../ui/classes";
import { useStore } from "../ui/Store";
import { dayTitle } from "../ui/time";
import { toast } from "../ui/toast";
import { useMinute } from "../ui/useMinute";
import { Announcer } from "./Announcer";
import type { HistoryWindow } from "./historyWindow";
import { bottomOf } from "./historyWindow";
import { JumpPill } from "./JumpPill";
import type { RowLook } from "./MessageRow";
import { MessageRow } from "./MessageRow";
import type { Anchor, ScrollView } from "./MessageScroller";
import { MessageScroller } from "./MessageScroller";
import { NewPill } from "./NewPill";
import type { DayData } from "./rows";
import { daysOf } from "./rows";
import { daysIn, itemsOf } from "./scrollItems";
import { useFaces } from "./faces";
import { useFocused } from "./useFocused";
import { useMessageKeys } from "./useMessageKeys";
import "./Attachments.css";
import "./Message.css";
import "./MessageList.css";
import "./Flat.css";

/** Somebody wants to see this message; a new object for every wish. */
export interface JumpWish {
  readonly seq: number;
}

interface MessageListProps {
  readonly conv: Conv;
  readonly window: HistoryWindow;
  /** Counts up with every message that I send here: the list goes to its end. */
  readonly sends: number;
  readonly wish: JumpWish | undefined;
}

/** Where the reader was in each conversation, for as long as the page lives. */
const places = new Map<string, Anchor>();
const litFor = 2_400;

export function MessageList({ conv, window, sends, wish }: MessageListProps) {
  const chat = useChat();
  const me = useChatState((state) => state.me);
  const outbox = useChatState((state) => state.outbox);
  const amendments = useChatState((state) => state.amendments);
  const scroller = useRef<MessageScroller>(null);
  const focused = useFocused();
  const now = useMinute();
  const [view, setView] = useState<ScrollView>(nowhere);
  const [newAfter, setNewAfter] = useState(conv.unread > 0 ? conv.read : undefined);
  const [start] = useState<Anchor>(() => startOf(conv, newAfter));
  const days = useMemo(
    () => daysOf(window, outbox, conv, me, newAfter, amendments),
    [window, outbox, conv, me, newAfter, amendments],
  );
  const items = useMemo(() => itemsOf(days), [days]);
  const look = useLook(conv);
  const keys = useMessageKeys(conv, days, scroller);
  const { lit, jump } = useJump(conv, days, scroller, wish);
  const toEnd = useToEnd(conv, window, scroller);

  const onView = useCallback((next: ScrollView) => setView((before) => (isSameView(before, next) ? before : next)), []);
  const onLeave = useCallback((anchor: Anchor) => places.set(conv.c, anchor), [conv.c]);

  useEffect(() => {
    if (focused && view.lastSeq !== undefined) chat.sawUpTo(conv.c, view.lastSeq);
  }, [chat, conv.c, focused, view.lastSeq]);

  useEffect(() => {
    if (view.nearTop && !window.first) void chat.loadOlder(conv.c);
    else if (view.nearBottom && !window.last) void chat.loadNewer(conv.c);
  }, [chat, conv.c, view.nearTop, view.nearBottom, window]);

  useNewLine(conv, focused && view.atEnd, setNewAfter);

  useEffect(() => {
    if (sends === 0) return;
    setNewAfter(undefined);
    toEnd();
  }, [sends, toEnd]);

  const missed = newAfter !== undefined && !window.first && bottomOf(window) > newAfter + 1;
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys of the message that has the focus
    <div className="messages" onKeyDown={keys}>
      <MessageScroller ref={scroller} start={start} items={items} whole={window.last} onView={onView} onLeave={onLeave}>
        {(range, above, below) => (
          <div
            role="log"
            aria-live="off"
            aria-label={t("msg.log", { name: conv.name })}
            className={classes("log", look.flat && "log-flat")}
          >
            {range.from === 0 &&
              (window.first ? <Beginning conv={conv} /> : <div className="older" aria-hidden="true" />)}
            <div style={{ height: above }} />
            {daysIn(days, range).map((day) => <Day key={day.key} day={day} now={now} look={look} lit={lit} />)}
            <div style={{ height: below }} />
          </div>
        )}
      </MessageScroller>
      {missed && <JumpPill count={conv.unread} onPress={() => jump(newAfter + 1)} />}
      {(!view.atEnd || !window.last) && <NewPill count={conv.unread} onPress={toEnd} />}
      <Announcer window={window} me={me.u} active={focused} />
    </div>
  );
}

const nowhere: ScrollView = { atEnd: true, nearTop: false, nearBottom: false, lastSeq: undefined };

function isSameView(a: ScrollView, b: ScrollView): boolean {
  return a.atEnd === b.atEnd && a.nearTop === b.nearTop && a.nearBottom === b.nearBottom && a.lastSeq === b.lastSeq;
}

function useLook(conv: Conv): RowLook {
  const u = useChatState((state) => state.me.u);
  const username = useChatState((state) => state.me.username);
  const named = conv.kind !== "self";
  const faces = conv.kind === "public" || conv.kind === "private" || conv.kind === "group";
  const writable = !conv.archived;
  const pictures = useFaces(conv);
  const flat = useStore(preferences, ({ layout }) => layout === "flat");
  return useMemo(
    () => ({ named, faces, flat, pictures, writable, me: { u, username } }),
    [named, faces, flat, pictures, writable, u, username],
  );
}

/** At the New line when there is something unread, else where the reader was, else at the end. */
function startOf(conv: Conv, newAfter: number | undefined): Anchor {
  if (newAfter !== undefined) return { at: "row", key: "new", offset: globalThis.innerHeight / 4 };
  return places.get(conv.c) ?? { at: "end" };
}

/** Brings a message here, puts it on screen and lights it up. */
function useJump(
  conv: Conv,
  days: readonly DayData[],
  scroller: React.RefObject<MessageScroller>,
  wish: JumpWish | undefined,
): { lit: string | undefined; jump: (seq: number) => void } {
  const chat = useChat();
  const { c } = conv;
  const [wanted, setWanted] = useState<number>();
  const [lit, setLit] = useState<string>();

  const jump = useCallback(async (seq: number) => {
    if (await chat.bring(c, seq)) setWanted(seq);
    else toast(t("msg.notThere"));
  }, [chat, c]);

  useEffect(() => {
    if (wish) void jump(wish.seq);
  }, [wish, jump]);

  useLayoutEffect(() => {
    if (wanted === undefined) return;
    const row = days.flatMap(({ rows }) => rows).find((one) => one.kind !== "new" && one.seq === wanted);
    if (!row) return;
    setWanted(undefined);
    scroller.current?.toRow(row.key);
    setLit(row.key);
  }, [wanted, days, scroller]);

  useEffect(() => {
    if (lit === undefined) return undefined;
    const timer = setTimeout(() => setLit(undefined), litFor);
    return () => clearTimeout(timer);
  }, [lit]);

  return { lit, jump: (seq) => void jump(seq) };
}

/** To the newest message, also from a window in the past. */
function useToEnd(conv: Conv, window: HistoryWindow, scroller: React.RefObject<MessageScroller>): () => void {
  const chat = useChat();
  const { c } = conv;
  const { last } = window;
  const [wanted, setWanted] = useState(0);

  useLayoutEffect(() => {
    if (wanted > 0 && last) scroller.current?.toEnd();
  }, [wanted, last, scroller]);

  return useCallback(() => {
    setWanted((before) => before + 1);
    void chat.bringNewest(c);
  }, [chat, c]);
}

/** Draws the New line anew when messages come that the person is not looking at. It stays for the visit. */
function useNewLine(conv: Conv, looking: boolean, setNewAfter: (seq: number) => void): void {
  const before = useRef({ unread: conv.unread, rr: conv.rr });
  useEffect(() => {
    const { unread, rr } = before.current;
    if ((unread === 0 && conv.unread > 0 && !looking) || rr !== conv.rr) setNewAfter(conv.read);
    before.current = { unread: conv.unread, rr: conv.rr };
  }, [conv.unread, conv.read, conv.rr, looking, setNewAfter]);
}

interface DayProps {
  readonly day: DayData;
  readonly now: number;
  readonly look: RowLook;
  readonly lit: string | undefined;
}

function Day({ day, now, look, lit }: DayProps) {
  const title = dayTitle(day.ts, now);
  return (
    <div role="group" aria-label={title} className="day">
      <h2 className="day-title" data-title={`day-${day.key}`}>
        <span>{title}</span>
      </h2>
      <ol>
        {day.rows.map((row) => <MessageRow key={row.key} row={row} look={look} lit={row.key === lit} />)}
      </ol>
    </div>
  );
}

function Beginning({ conv }: { conv: Conv }) {
  const text = (conv.minSeq ?? 1) > 1
    ? t("msg.beginningRemoved")
    : conv.kind === "self"
    ? t("msg.beginningSelf")
    : conv.kind === "direct"
    ? t("msg.beginningDirect", { name: conv.name })
    : t("msg.beginning", { name: conv.name });
  return <p className="beginning">{text}</p>;
}
