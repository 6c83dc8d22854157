import type { ChangeEvent, KeyboardEvent } from "react";
import { useEffect, useId, useLayoutEffect, useRef } from "react";
import { useChat, useChatState, useSession } from "../app/session";
import type { Conv } from "../socket/wire";
import { classes } from "../ui/classes";
import { Icon } from "../ui/Icon";
import { useStore } from "../ui/Store";
import { lengthOf, room } from "./length";
import "./Composer.css";

interface ComposerProps {
  readonly conv: Conv;
  readonly onSent: () => void;
}

/** Where a message is written. Enter sends, Shift+Enter breaks the line; it takes text whether or not there is a connection. */
export function Composer({ conv, onSent }: ComposerProps) {
  const { c } = conv;
  const chat = useChat();
  const { drafts } = useSession();
  const longest = useChatState((state) => state.longest);
  const text = useStore(drafts.store, (all) => all.get(c) ?? "");
  const box = useRef<HTMLTextAreaElement>(null);
  const countId = useId();
  const length = lengthOf(text, longest);
  const left = room(length, longest);
  const tooLong = length > longest;
  const empty = text.trim() === "";

  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = "0";
    area.style.height = `${area.scrollHeight}px`;
  }, [text]);

  useEffect(() => {
    if (matchMedia("(pointer: fine)").matches) box.current?.focus(); // on a phone it would bring up the keyboard
  }, [c]);

  function write(event: ChangeEvent<HTMLTextAreaElement>) {
    drafts.set(c, event.target.value);
    if (event.target.value.trim() !== "") chat.typing(c);
  }

  function send() {
    box.current?.focus();
    if (empty || tooLong) return;
    chat.send(c, text.trim());
    drafts.set(c, "");
    onSent();
  }

  function onKey(event: KeyboardEvent) {
    // While an input method is composing, Enter belongs to it; 229 is what older ones say.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  }

  return (
    <div className="composer">
      <div className={classes("composer-box", tooLong && "composer-over")}>
        <textarea
          ref={box}
          rows={1}
          value={text}
          dir="auto"
          aria-label={`Message to ${conv.name}`}
          placeholder="Write a message"
          aria-describedby={left === undefined ? undefined : countId}
          aria-invalid={tooLong || undefined}
          onChange={write}
          onKeyDown={onKey}
        />
        {left !== undefined && (
          <span id={countId} className="composer-count" role="status">
            {tooLong ? `${(-left).toLocaleString("en")} too many` : `${left.toLocaleString("en")} left`}
          </span>
        )}
        <button
          type="button"
          className="send"
          aria-label="Send"
          title="Send"
          aria-disabled={empty || tooLong}
          onClick={send}
        >
          <Icon name="send" />
        </button>
      </div>
    </div>
  );
}
