import type { ComponentType, ReactNode } from "react";
import { useEffect, useLayoutEffect, useRef } from "react";
import { goUp } from "../app/route";
import { ListLink } from "../conversations/ListLink";
import { t } from "../i18n/translate";
import { IconButton } from "./Button";
import { classes } from "./classes";
import type { IconName } from "./Icon";
import { Icon } from "./Icon";
import { isPhone } from "./isPhone";
import "./Desk.css";

export interface DeskPage {
  readonly id: string;
  readonly title: string;
  readonly icon: IconName;
  readonly Show: ComponentType;
  /** Needs the whole width, such as a table. */
  readonly wide?: boolean;
}

interface DeskProps {
  readonly title: string;
  /** The address of the list; a page is one step below it. */
  readonly base: string;
  readonly page: string | undefined;
  readonly pages: readonly DeskPage[];
  /** One of the places of the phone: there is nothing to go back to. */
  readonly tab?: boolean;
  readonly head?: ReactNode;
  readonly foot?: ReactNode;
}

/** A list of pages and one of them beside it; on a phone one after the other. */
export function Desk({ title, base, page, pages, tab = false, head, foot }: DeskProps) {
  const chosen = pages.find(({ id }) => id === page);
  const shown = chosen ?? pages[0];
  const heading = useRef<HTMLHeadingElement>(null);

  // With the page's first frame: whoever presses Tab at once starts from here and is not called back.
  useLayoutEffect(() => {
    if (chosen) heading.current?.focus({ preventScroll: true }); // so that the new page is read, not the old list
  }, [chosen?.id]); // oxlint-disable-line react/exhaustive-deps

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      goUp("/");
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);

  return (
    <div className={classes("desk", chosen && "desk-open", tab && "desk-tab")}>
      <nav className="desk-nav" aria-label={title}>
        <header className="desk-head">
          <IconButton icon="back" label={t("app.back")} onClick={() => goUp("/")} />
          <h1>{title}</h1>
        </header>
        <div className="desk-list scroll">
          {head}
          <ul className="list">
            {pages.map(({ id, title: name, icon }) => (
              <li key={id}>
                <ListLink
                  to={`${base}/${id}`}
                  replace={page !== undefined || !isPhone()}
                  selected={id === shown?.id}
                  className="desk-row"
                >
                  <Icon name={icon} />
                  <span>{name}</span>
                  <Icon name="next" size={16} />
                </ListLink>
              </li>
            ))}
          </ul>
          {foot}
        </div>
      </nav>
      {shown && (
        <section className="desk-page" aria-labelledby="desk-title">
          <header className="desk-head">
            <IconButton
              icon="back"
              label={t("app.backTo", { name: title })}
              className="back"
              onClick={() => goUp(base)}
            />
            <h1 id="desk-title" tabIndex={-1} ref={heading}>{shown.title}</h1>
          </header>
          {/* Reachable with Tab, so that the arrow keys scroll it. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <div className="desk-scroll scroll" key={shown.id} tabIndex={0}>
            <div className={classes("desk-content", shown.wide && "desk-wide")}>
              <shown.Show />
            </div>
          </div>
        </section>
      )}
    </div>
  );
}

/** One subject of a page. */
export function Part(
  { title, text, children }: { title?: string; text?: ReactNode; children?: ReactNode },
) {
  return (
    <div className="part" role="group" aria-label={title}>
      {title && <h2>{title}</h2>}
      {text && <p className="part-text">{text}</p>}
      {children}
    </div>
  );
}
