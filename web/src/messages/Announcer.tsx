import { useEffect, useRef, useState } from "react";
import { t } from "../i18n/translate";
import { plainText } from "../markdown/plainText";
import type { HistoryWindow } from "./historyWindow";
import { topOf } from "./historyWindow";

const pause = 900;
const longest = 240;

interface AnnouncerProps {
  readonly window: HistoryWindow;
  readonly me: string;
  /** Only the conversation that the person is in speaks. */
  readonly active: boolean;
}

/**
 * Says to a screen reader what has come: one message with its text, a burst as a number. The list itself is silent, because
 * scrolling through it draws rows that are not new.
 */
export function Announcer({ window, me, active }: AnnouncerProps) {
  const [text, setText] = useState("");
  const said = useRef(topOf(window));
  const { msgs, last } = window;

  useEffect(() => {
    if (!active || !last) {
      said.current = topOf({ msgs, last, first: false, rev: 0 });
      return undefined;
    }
    const timer = setTimeout(() => {
      const fresh = msgs.filter((msg) => msg.seq > said.current && msg.from !== me);
      said.current = msgs[msgs.length - 1]?.seq ?? 0;
      const [only] = fresh;
      if (!only) return;
      const body = plainText(only.body) || t("msg.attachment");
      setText(fresh.length > 1 ? t("msg.newCount", { n: fresh.length }) : `${only.name}: ${body.slice(0, longest)}`);
    }, pause);
    return () => clearTimeout(timer);
  }, [msgs, last, me, active]);

  return <div className="unseen" role="status" aria-live="polite">{text}</div>;
}
