import type { FocusEvent, MouseEvent, PointerEvent } from "react";
import { useRef, useState } from "react";
import type { Msg } from "../socket/wire";
import { useMessageActions } from "./actions";

const longPress = 450;
const slop = 10;

interface RowGestures {
  /** The pointer or the focus is on the row. */
  readonly active: boolean;
  readonly handlers: {
    onPointerEnter(event: PointerEvent): void;
    onPointerLeave(): void;
    onPointerDown(event: PointerEvent): void;
    onPointerMove(event: PointerEvent): void;
    onPointerUp(): void;
    onPointerCancel(): void;
    onFocus(event: FocusEvent): void;
    onBlur(event: FocusEvent): void;
    onContextMenu(event: MouseEvent): void;
  };
}

/** What a row answers to: the pointer over it, the focus in it, the right button, a long press. */
export function useRowGestures(msg: Msg | undefined): RowGestures {
  const { menu } = useMessageActions();
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState(false);
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number }>();

  const release = () => {
    clearTimeout(press.current?.timer);
    press.current = undefined;
  };

  return {
    active: hovered || focused,
    handlers: {
      onPointerEnter: (event) => event.pointerType !== "touch" && setHovered(true),
      onPointerLeave: () => {
        setHovered(false);
        release();
      },
      onPointerDown: (event) => {
        release();
        if (event.pointerType !== "touch" || !msg || msg.del || isControl(event.target)) return;
        const { clientX: x, clientY: y } = event;
        const open = () => {
          navigator.vibrate?.(8);
          menu(msg, { x, y });
        };
        press.current = { timer: setTimeout(open, longPress), x, y };
      },
      onPointerMove: (event) => {
        const { x, y } = press.current ?? { x: event.clientX, y: event.clientY };
        if (Math.abs(event.clientX - x) > slop || Math.abs(event.clientY - y) > slop) release();
      },
      onPointerUp: release,
      onPointerCancel: release,
      // A pointer that presses a button is not somebody who goes through the messages with the keyboard.
      onFocus: (event) => event.target.matches(":focus-visible") && setFocused(true),
      onBlur: (event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setFocused(false),
      onContextMenu: (event) => {
        if (!msg || msg.del || isControl(event.target) || document.getSelection()?.type === "Range") return;
        event.preventDefault();
        release();
        menu(msg, { x: event.clientX, y: event.clientY });
      },
    },
  };
}

/** Links and pictures have a menu of the browser's own, which people need. */
function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest("a, img, video, audio, .reactions, .hover-bar") !== null;
}
