import type { KeyboardEvent, ReactNode } from "react";
import { useRef } from "react";
import { classes } from "./classes";
import type { IconName } from "./Icon";
import { Icon } from "./Icon";
import type { Place } from "./Popover";
import { Popover } from "./Popover";
import "./Menu.css";

export interface MenuItem {
  /** The label, if nothing else. */
  readonly key?: string;
  readonly icon?: IconName | undefined;
  readonly label: string;
  /** The key that does the same. */
  readonly shortcut?: string;
  readonly danger?: boolean;
  /** One of several of which one holds. */
  readonly checked?: boolean;
  /** A line above it: something else begins. */
  readonly line?: boolean;
  readonly onSelect: () => void;
}

interface MenuProps {
  readonly label: string;
  readonly at: Place;
  readonly items: readonly MenuItem[];
  readonly head?: ReactNode;
  readonly onClose: () => void;
}

/** A menu at the pointer; on a phone a sheet from below. Arrow keys go round, Escape closes. */
export function Menu({ label, at, items, head, onClose }: MenuProps) {
  const list = useRef<HTMLDivElement>(null);

  function onKey(event: KeyboardEvent) {
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])];
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
        {items.map(({ key, icon, label: text, shortcut, danger, checked, line, onSelect }, i) => (
          <button
            key={key ?? text}
            type="button"
            role={checked === undefined ? "menuitem" : "menuitemradio"}
            aria-checked={checked}
            tabIndex={i === 0 ? 0 : -1}
            autoFocus={i === 0}
            className={classes("menu-item", danger && "menu-danger", line && "menu-line")}
            onClick={() => {
              onClose();
              setTimeout(onSelect); // after the focus has gone back to where it was
            }}
          >
            <span className="menu-icon">{drawingOf(icon, checked)}</span>
            <span className="menu-text">{text}</span>
            {shortcut && <kbd aria-hidden="true">{shortcut}</kbd>}
          </button>
        ))}
      </div>
    </Popover>
  );
}

function drawingOf(icon: IconName | undefined, checked: boolean | undefined): ReactNode {
  const name = checked === true ? "check" : icon;
  return name && <Icon name={name} size={18} />;
}

/** Several lists as one, with a line between them. */
export function inGroups(groups: readonly (readonly MenuItem[])[]): MenuItem[] {
  const full = groups.filter((group) => group.length > 0);
  return full.flatMap((group, g) => group.map((item, i) => (g > 0 && i === 0 ? { ...item, line: true } : item)));
}
