import { useEffect, useId, useLayoutEffect, useRef } from "react";
import { t } from "../i18n/translate";
import type { Conv } from "../socket/wire";
import { IconButton } from "../ui/Button";
import { AboutTab } from "./AboutTab";
import type { DetailsTab } from "./detailsTab";
import { detailsTab } from "./detailsTab";
import { FilesTab } from "./FilesTab";
import { MembersTab } from "./MembersTab";
import { PinsTab } from "./PinsTab";
import "./DetailsPanel.css";

/** Beside the conversation, over it where there is no room, a screen of its own on a phone. */
export function DetailsPanel({ conv, tab }: { conv: Conv; tab: DetailsTab }) {
  const id = useId();
  const people = conv.kind === "public" || conv.kind === "private" || conv.kind === "group";
  const tabs: readonly DetailsTab[] = people ? ["about", "members", "files", "pins"] : ["about", "files", "pins"];
  const shown = tabs.includes(tab) ? tab : "about";
  const close = () => detailsTab.set(undefined);

  const ref = useRef<HTMLElement>(null);
  // Whoever is in here when it closes goes back to where it was opened from.
  useLayoutEffect(() => {
    const before = document.activeElement;
    const panel = ref.current;
    return () => {
      if (!panel?.contains(document.activeElement) || !(before instanceof HTMLElement)) return;
      setTimeout(() => before.isConnected && before.focus()); // on a phone it is shown again only after this
    };
  }, []);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      close();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);

  return (
    <aside ref={ref} className="details" aria-label={t("details.title")}>
      <header className="details-head">
        <IconButton icon="back" label={t("app.back")} className="back" onClick={close} />
        <h1>{t("details.title")}</h1>
        <IconButton icon="close" label={t("app.close")} className="details-close" onClick={close} />
      </header>
      <div className="tabs" role="tablist" aria-label={t("details.title")}>
        {tabs.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`${id}-${each}`}
            aria-selected={each === shown}
            aria-controls={`${id}-panel`}
            tabIndex={each === shown ? 0 : -1}
            className="tab-button"
            onClick={() => detailsTab.set(each)}
            onKeyDown={(event) => {
              const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
              if (step === 0) return;
              const next = tabs[(tabs.indexOf(each) + step + tabs.length) % tabs.length] ?? each;
              detailsTab.set(next);
              document.getElementById(`${id}-${next}`)?.focus();
            }}
          >
            {titleOf(each)}
          </button>
        ))}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div
        className="details-body scroll"
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${shown}`}
        tabIndex={0}
        key={`${conv.c} ${shown}`}
      >
        {shown === "about" && <AboutTab conv={conv} />}
        {shown === "members" && <MembersTab conv={conv} />}
        {shown === "files" && <FilesTab conv={conv} />}
        {shown === "pins" && <PinsTab conv={conv} />}
      </div>
    </aside>
  );
}

function titleOf(tab: DetailsTab): string {
  if (tab === "about") return t("details.about");
  if (tab === "members") return t("room.membersTitle");
  return t(tab === "files" ? "details.files" : "details.pins");
}
