import type { KeyboardEvent } from "react";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { t } from "../i18n/translate";
import { Avatar } from "../ui/Avatar";
import { classes } from "../ui/classes";
import { Icon } from "../ui/Icon";
import type { SwitcherItem } from "./useSwitcherItems";
import { useSwitcherItems } from "./useSwitcherItems";
import type { SwitcherActions } from "./actions";
import { takeKeys } from "./typedAhead";
import "./Switcher.css";

/** Ctrl-K: a few letters lead to a person, a room or an action. */
export function Switcher({ actions, onClose }: { actions: SwitcherActions; onClose: () => void }) {
  const ref = useRef<HTMLDialogElement>(null);
  const listId = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const { items, complete } = useSwitcherItems(text, actions);
  const chosen = items[Math.min(at, items.length - 1)];

  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    setText(takeKeys());
    return () => dialog?.close();
  }, []);
  useEffect(() => setAt(0), [text]);
  useEffect(() => {
    ref.current?.querySelector("[aria-selected='true']")?.scrollIntoView({ block: "nearest" });
  }, [chosen?.id]);

  function pick(item: SwitcherItem | undefined) {
    if (!item) return;
    onClose();
    item.pick();
  }

  function onKey(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const last = Math.max(0, items.length - 1);
    if (event.key === "ArrowDown") setAt(at >= last ? 0 : at + 1);
    else if (event.key === "ArrowUp") setAt(at <= 0 ? last : Math.min(at, last) - 1);
    else if (event.key === "Enter") pick(chosen);
    else return;
    event.preventDefault();
  }

  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={ref}
      className="dialog switcher"
      aria-label={t("keys.switcher")}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === ref.current && onClose()}
    >
      <div className="switcher-body">
        <div className="switcher-input">
          <Icon name="search" />
          <input
            role="combobox"
            aria-expanded="true"
            aria-controls={listId}
            aria-activedescendant={chosen && `${listId}-${chosen.id}`}
            aria-label={t("keys.switcher")}
            placeholder={t("switcher.hint")}
            autoComplete="off"
            autoFocus
            maxLength={64}
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKey}
          />
          <kbd>Esc</kbd>
        </div>
        <div role="listbox" id={listId} className="switcher-list scroll" aria-label={t("switcher.results")}>
          {items.map((item) => (
            // The keyboard stays in the box above and moves the choice.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={item.id}
              id={`${listId}-${item.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={item === chosen}
              className={classes("switcher-row", item === chosen && "switcher-chosen")}
              onClick={() => pick(item)}
              onPointerMove={() => setAt(items.indexOf(item))}
            >
              {item.icon
                ? (
                  <span className="choice-icon">
                    <Icon name={item.icon} size={18} />
                  </span>
                )
                : (
                  <Avatar
                    id={item.face ?? item.id}
                    name={item.title}
                    image={item.image}
                    size="s"
                    room={item.room === true}
                  />
                )}
              <span className="switcher-text">
                <bdi>{item.title}</bdi>
                {item.detail && <span className="switcher-detail">{item.detail}</span>}
              </span>
              {item.unread !== undefined && item.unread > 0 && (
                <span className="badge">{item.unread > 99 ? "99+" : item.unread}</span>
              )}
              <span className="switcher-kind">{item.kind}</span>
            </div>
          ))}
        </div>
        {items.length === 0 && (
          <p className="list-none" role="status">{t(complete ? "app.notfound" : "app.searching")}</p>
        )}
      </div>
    </dialog>
  );
}
