import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useChat, useChatState } from "../app/session";
import type { Conv } from "../socket/wire";
import { dayTitle } from "../ui/time";
import { useMinute } from "../ui/useMinute";
import type { Anchor, ScrollView } from "./AnchoredScroller";
import { AnchoredScroller } from "./AnchoredScroller";
import type { HistoryWindow } from "./historyWindow";
import { MessageRow } from "./MessageRow";
import { NewPill } from "./NewPill";
import type { DayData } from "./rows";
import { daysOf } from "./rows";
import { useFocused } from "./useFocused";
import "./MessageList.css";

interface MessageListProps {
  readonly conv: Conv;
  readonly window: HistoryWindow;
  /** Counts up with every message that I send here: the list goes to its end. */
  readonly sends: number;
}

/** Where the reader was in each conversation, for as long as the page lives. */
const places = new Map<string, Anchor>();

export function MessageList({ conv, window, sends }: MessageListProps) {
  const chat = useChat();
  const me = useChatState((state) => state.me);
  const outbox = useChatState((state) => state.outbox);
  const scroller = useRef<AnchoredScroller>(null);
  const focused = useFocused();
  const now = useMinute();
  const [view, setView] = useState<ScrollView>({ atEnd: true, nearTop: false, lastSeq: undefined });
  const [newAfter, setNewAfter] = useState(conv.unread > 0 ? conv.read : undefined);
  const [start] = useState<Anchor>(() => startOf(conv, newAfter));
  const days = useMemo(() => daysOf(window, outbox, conv, me, newAfter), [window, outbox, conv, me, newAfter]);

  const onView = useCallback((next: ScrollView) => {
    setView((
      before,
    ) => (before.atEnd === next.atEnd && before.nearTop === next.nearTop && before.lastSeq === next.lastSeq
      ? before
      : next)
    );
  }, []);
  const onLeave = useCallback((anchor: Anchor) => places.set(conv.c, anchor), [conv.c]);

  useEffect(() => {
    if (focused && view.lastSeq !== undefined) chat.sawUpTo(conv.c, view.lastSeq);
  }, [chat, conv.c, focused, view.lastSeq]);

  useEffect(() => {
    if (view.nearTop && !window.first) void chat.loadOlder(conv.c);
  }, [chat, conv.c, view.nearTop, window]);

  useNewLine(conv, focused && view.atEnd, setNewAfter);

  useEffect(() => {
    if (sends === 0) return;
    setNewAfter(undefined);
    scroller.current?.toEnd();
  }, [sends]);

  const named = conv.kind !== "self";
  return (
    <div className="messages">
      <AnchoredScroller ref={scroller} start={start} onView={onView} onLeave={onLeave}>
        <div
          role="log"
          aria-live="polite"
          aria-relevant="additions"
          aria-label={`Messages with ${conv.name}`}
          className="log"
        >
          {window.first ? <Beginning conv={conv} /> : <div className="older" aria-hidden="true" />}
          {days.map((day) => (
            <Day
              key={day.key}
              day={day}
              now={now}
              named={named}
              faces={conv.kind === "public" || conv.kind === "private"}
            />
          ))}
        </div>
      </AnchoredScroller>
      {!view.atEnd && <NewPill count={conv.unread} onPress={() => scroller.current?.toEnd()} />}
    </div>
  );
}

/** At the New line when there is something unread, else where the reader was, else at the end. */
function startOf(conv: Conv, newAfter: number | undefined): Anchor {
  if (newAfter !== undefined) return { at: "row", key: "new", offset: globalThis.innerHeight / 4 };
  return places.get(conv.c) ?? { at: "end" };
}

/** Draws the New line anew when messages come that the person is not looking at. It stays for the visit. */
function useNewLine(conv: Conv, looking: boolean, setNewAfter: (seq: number) => void): void {
  const before = useRef(conv.unread);
  useEffect(() => {
    if (before.current === 0 && conv.unread > 0 && !looking) setNewAfter(conv.read);
    before.current = conv.unread;
  }, [conv.unread, conv.read, looking, setNewAfter]);
}

function Day({ day, now, named, faces }: { day: DayData; now: number; named: boolean; faces: boolean }) {
  const title = dayTitle(day.ts, now);
  return (
    <div role="group" aria-label={title} className="day">
      <h2 className="day-title">
        <span>{title}</span>
      </h2>
      <ol>
        {day.rows.map((row) => <MessageRow key={row.key} row={row} named={named} faces={faces} />)}
      </ol>
    </div>
  );
}

function Beginning({ conv }: { conv: Conv }) {
  const text = conv.kind === "self"
    ? "Write down what you want to remember."
    : conv.kind === "direct"
    ? `This is the beginning of your conversation with ${conv.name}.`
    : `This is the beginning of ${conv.name}.`;
  return <p className="beginning">{text}</p>;
}
