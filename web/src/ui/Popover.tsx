import type { ReactNode } from "react";
import { useLayoutEffect, useRef } from "react";
import { classes } from "./classes";
import "./Popover.css";

export interface Place {
  readonly x: number;
  readonly y: number;
}

interface PopoverProps {
  readonly label: string;
  readonly at: Place;
  readonly className?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const edge = 8;

/** A small modal surface at a place of the screen, moved so that all of it is seen; on a phone a sheet from below. */
export function Popover({ label, at, className, onClose, children }: PopoverProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const { x, y } = at;

  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);

  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog) return undefined;
    const place = () => {
      const { offsetWidth: width, offsetHeight: height } = dialog;
      const right = document.documentElement.dir === "rtl" ? x - width : x;
      dialog.style.left = `${Math.max(edge, Math.min(right, innerWidth - width - edge))}px`;
      dialog.style.top = `${y + height + edge > innerHeight ? Math.max(edge, y - height - edge) : y}px`;
    };
    place();
    const sizes = new ResizeObserver(place);
    sizes.observe(dialog);
    return () => sizes.disconnect();
  }, [x, y]);

  return (
    // A click on the dialog itself is a click beside what it holds; Escape does the same for the keyboard.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={ref}
      className={classes("popover", className)}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onContextMenu={(event) => event.preventDefault()}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      <div className="popover-inner">{children}</div>
    </dialog>
  );
}
