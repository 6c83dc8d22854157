import type { ClipboardEvent, KeyboardEvent } from "react";
import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { EmojiPicker } from "../emoji/EmojiPicker";
import { t } from "../i18n/translate";
import type { Conv } from "../socket/wire";
import { classes } from "../ui/classes";
import { Icon } from "../ui/Icon";
import { AttachmentTray } from "./AttachmentTray";
import { closedText } from "./closedText";
import { ComposerStrip } from "./ComposerStrip";
import type { Trigger } from "./completion";
import { completed, triggerAt, wrapped } from "./completion";
import { lengthOf, room } from "./length";
import { Offers } from "./Offers";
import { useAttach } from "./useAttach";
import { useComposition } from "./useComposition";
import type { Offer } from "./useOffers";
import { useOffers } from "./useOffers";
import "./Composer.css";

interface ComposerProps {
  readonly conv: Conv;
  readonly onSent: () => void;
}

/** A pasted text from this length on is offered as a file. */
const longPaste = 4_000;
const marks: Readonly<Record<string, string>> = { b: "**", i: "_", e: "`" };

/** Where a message is written. Enter sends, Shift+Enter breaks the line; it takes text whether or not there is a connection. */
export function Composer({ conv, onSent }: ComposerProps) {
  const closed = closedText(conv);
  if (closed !== undefined) return <p className="composer composer-closed">{closed}</p>;
  return <OpenComposer conv={conv} onSent={onSent} />;
}

function OpenComposer({ conv, onSent }: ComposerProps) {
  const { c } = conv;
  const writing = useComposition(conv);
  const { text, edit, reply, files, longest } = writing;
  const attach = useAttach(c);
  const { box, caretTo } = useGrowingBox(text, `${c} ${edit?.seq ?? ""} ${reply?.seq ?? ""}`);
  const input = useRef<HTMLInputElement>(null);
  const [trigger, setTrigger] = useState<Trigger>();
  const [chosen, setChosen] = useState(0);
  const [pasted, setPasted] = useState<string>();
  const [picker, setPicker] = useState<{ x: number; y: number }>();
  const offers = useOffers(conv, trigger);
  const id = useId();
  const length = lengthOf(text, longest);
  const left = room(length, longest);
  const tooLong = length > longest;
  const empty = text.trim() === "" && (files.length === 0 || edit !== undefined);
  const open = offers.length > 0 && trigger !== undefined;
  const at = Math.min(chosen, offers.length - 1);

  function look() {
    const area = box.current;
    if (!area) return;
    const next = area.selectionStart === area.selectionEnd ? triggerAt(area.value, area.selectionStart) : undefined;
    if (next?.typed !== trigger?.typed || next?.start !== trigger?.start) setChosen(0);
    setTrigger(next);
  }

  function choose({ text: word }: Offer) {
    const area = box.current;
    if (!area || !trigger) return;
    const done = completed(area.value, area.selectionStart, trigger, word);
    writing.write(done.text);
    caretTo(done.caret, done.caret);
    setTrigger(undefined);
  }

  function insert(word: string) {
    const area = box.current;
    const from = area?.selectionStart ?? text.length;
    const to = area?.selectionEnd ?? text.length;
    writing.write(text.slice(0, from) + word + text.slice(to));
    caretTo(from + word.length, from + word.length);
    setTimeout(() => box.current?.focus());
  }

  function send() {
    box.current?.focus();
    if (empty || tooLong) return;
    setPasted(undefined);
    setTrigger(undefined);
    if (writing.send()) onSent();
  }

  function onOfferKey(event: KeyboardEvent): boolean {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const offer = offers[at];
    if (!open || !offer) return false;
    if (by !== undefined) setChosen((at + by + offers.length) % offers.length);
    else if (event.key === "Enter" || event.key === "Tab") choose(offer);
    else if (event.key === "Escape") setTrigger(undefined);
    else return false;
    return true;
  }

  function onKey(event: KeyboardEvent<HTMLTextAreaElement>) {
    // While an input method is composing, the keys belong to it; 229 is what older ones say.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const marker = event.ctrlKey || event.metaKey ? marks[event.key.toLowerCase()] : undefined;
    if (onOfferKey(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === "Escape" && (edit || reply)) {
      event.stopPropagation();
      writing.cancel();
    } else if (event.key === "ArrowUp" && text === "" && !edit && writing.editLast()) {
      event.preventDefault();
    } else if (marker !== undefined && !event.altKey && !event.shiftKey) {
      const { value, selectionStart, selectionEnd } = event.currentTarget;
      const done = wrapped(value, selectionStart, selectionEnd, marker);
      event.preventDefault();
      writing.write(done.text);
      caretTo(done.from, done.to);
    }
  }

  function onPaste(event: ClipboardEvent) {
    const { files: brought } = event.clipboardData;
    const words = event.clipboardData.getData("text/plain");
    if (brought.length > 0 && !edit) {
      if (words === "") event.preventDefault();
      if (words === "") attach(brought);
      return;
    }
    if (words.length >= longPaste && !edit) setPasted(words.replace(/\r\n?/g, "\n"));
  }

  function pastedAsFile() {
    if (pasted === undefined) return;
    writing.write(text.replace(pasted, ""));
    attach([new File([pasted], t("composer.pastedName"), { type: "text/plain" })]);
    setPasted(undefined);
    box.current?.focus();
  }

  return (
    <div className="composer">
      <div className={classes("composer-box", tooLong && "composer-over")}>
        {open && <Offers id={id} offers={offers} at={at} onChoose={choose} />}
        {(edit || reply) && (
          <ComposerStrip reply={reply} edit={edit} present={writing.present} onCancel={writing.cancel} />
        )}
        {files.length > 0 && !edit && <AttachmentTray c={c} files={files} />}
        {pasted !== undefined && text.includes(pasted) && (
          <p className="composer-offer">
            {t("composer.longPaste")}
            <button type="button" onClick={pastedAsFile}>{t("composer.asFile")}</button>
          </p>
        )}
        <div className="composer-row">
          {!edit && (
            <>
              <button
                type="button"
                className="composer-button"
                aria-label={t("composer.attach")}
                title={t("composer.attach")}
                onClick={() => input.current?.click()}
              >
                <Icon name="attach" />
              </button>
              <input
                ref={input}
                type="file"
                multiple
                hidden
                aria-label={t("composer.attach")}
                onChange={(event) => {
                  attach(event.target.files ?? []);
                  event.target.value = "";
                }}
              />
            </>
          )}
          <textarea
            ref={box}
            rows={1}
            value={text}
            dir="auto"
            aria-label={t("composer.to", { name: conv.name })}
            placeholder={t("composer.placeholder")}
            aria-describedby={left === undefined ? undefined : `${id}-count`}
            aria-invalid={tooLong || undefined}
            aria-autocomplete="list"
            aria-controls={open ? id : undefined}
            aria-activedescendant={open ? `${id}-${at}` : undefined}
            onChange={(event) => {
              writing.write(event.target.value);
              look();
            }}
            onSelect={look}
            onBlur={() => setTrigger(undefined)}
            onKeyDown={onKey}
            onPaste={onPaste}
          />
          {left !== undefined && (
            <span id={`${id}-count`} className="composer-count" role="status">
              {tooLong ? t("composer.tooMany", { n: -left }) : t("composer.left", { n: left })}
            </span>
          )}
          <button
            type="button"
            className="composer-button composer-emoji"
            aria-label={t("emoji.pick")}
            title={t("emoji.pick")}
            onClick={(event) => {
              const { right, top } = event.currentTarget.getBoundingClientRect();
              setPicker({ x: right - 350, y: top - 436 });
            }}
          >
            <Icon name="smile" />
          </button>
          <button
            type="button"
            className="send"
            aria-label={edit ? t("app.save") : t("composer.send")}
            title={edit ? t("app.save") : t("composer.send")}
            aria-disabled={empty || tooLong}
            onClick={send}
          >
            <Icon name={edit ? "check" : "send"} />
          </button>
        </div>
      </div>
      {picker && <EmojiPicker at={picker} onPick={insert} onClose={() => setPicker(undefined)} />}
    </div>
  );
}

interface GrowingBox {
  readonly box: React.RefObject<HTMLTextAreaElement>;
  readonly caretTo: (from: number, to: number) => void;
}

/**
 * A box that grows with its text, and puts the caret where it was asked for once the text is there. It takes the focus with
 * every new task: another conversation, a reply, an edit.
 */
function useGrowingBox(text: string, task: string): GrowingBox {
  const box = useRef<HTMLTextAreaElement>(null);
  const wanted = useRef<[number, number]>();
  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = "0";
    area.style.height = `${area.scrollHeight}px`;
    if (wanted.current) area.setSelectionRange(...wanted.current);
    wanted.current = undefined;
  }, [text]);
  useEffect(() => {
    const begun = /\d$/.test(task); // a reply or an edit: the person wants to write now
    if (begun || matchMedia("(pointer: fine)").matches) box.current?.focus(); // on a phone it would bring up the keyboard
  }, [task]);
  const caretTo = useCallback((from: number, to: number) => {
    wanted.current = [from, to];
  }, []);
  return { box, caretTo };
}
