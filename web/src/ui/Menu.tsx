import type { KeyboardEvent, ReactNode } from "react";
import { useRef } from "react";
import { classes } from "./classes";
import type { IconName } from "./Icon";
import { Icon } from "./Icon";
import { Popover } from "./Popover";
import "./Menu.css";

export interface MenuItem {
  readonly key: string;
  readonly icon: IconName;
  readonly label: string;
  /** The key that does the same. */
  readonly shortcut?: string;
  readonly danger?: boolean;
  readonly onSelect: () => void;
}

interface MenuProps {
  readonly label: string;
  readonly at: { readonly x: number; readonly y: number };
  readonly items: readonly MenuItem[];
  readonly head?: ReactNode;
  readonly onClose: () => void;
}

/** A menu at the pointer; on a phone a sheet from below. Arrow keys go round, Escape closes. */
export function Menu({ label, at, items, head, onClose }: MenuProps) {
  const list = useRef<HTMLDivElement>(null);

  function onKey(event: KeyboardEvent) {
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
    const now = buttons.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons[(to + buttons.length) % buttons.length]?.focus();
  }

  return (
    <Popover label={label} at={at} onClose={onClose}>
      {head}
      <div ref={list} role="menu" aria-label={label} className="menu" tabIndex={-1} onKeyDown={onKey}>
        {items.map(({ key, icon, label: text, shortcut, danger, onSelect }, i) => (
          <button
            key={key}
            type="button"
            role="menuitem"
            tabIndex={i === 0 ? 0 : -1}
            autoFocus={i === 0}
            className={classes("menu-item", danger && "menu-danger")}
            onClick={() => {
              onClose();
              setTimeout(onSelect); // after the focus has gone back to where it was
            }}
          >
            <Icon name={icon} size={18} />
            <span>{text}</span>
            {shortcut && <kbd aria-hidden="true">{shortcut}</kbd>}
          </button>
        ))}
      </div>
    </Popover>
  );
}
