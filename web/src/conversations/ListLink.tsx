import type { MouseEvent, ReactNode } from "react";
import { goTo, replaceWith } from "../app/route";
import { classes } from "../ui/classes";

interface ListLinkProps {
  readonly to: string;
  readonly selected?: boolean;
  /** In place of the present entry of the history. */
  readonly replace?: boolean;
  readonly className?: string;
  readonly onContextMenu?: ((event: MouseEvent<HTMLElement>) => void) | undefined;
  readonly children: ReactNode;
}

/** A row that leads somewhere: a true link, so the middle button and the context menu do what they do everywhere. */
export function ListLink({ to, selected = false, replace = false, className, onContextMenu, children }: ListLinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    if (replace) replaceWith(to);
    else goTo(to);
  };
  return (
    <a
      href={to}
      className={classes("list-row", className)}
      aria-current={selected ? "page" : undefined}
      onClick={follow}
      onContextMenu={onContextMenu}
    >
      {children}
    </a>
  );
}
