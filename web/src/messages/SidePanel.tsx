import type { ReactNode } from "react";
import { useEffect, useRef } from "react";
import { t } from "../i18n/translate";
import { IconButton } from "../ui/Button";
import "./SidePanel.css";

interface SidePanelProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
}

/** A column beside the messages; on a phone it covers them. Escape closes it and gives the focus back. */
export function SidePanel({ title, onClose, children, footer }: SidePanelProps) {
  const ref = useRef<HTMLElement>(null);

  useEffect(() => {
    const before = document.activeElement;
    ref.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape
    <aside
      ref={ref}
      className="side-panel"
      aria-label={title}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header className="side-panel-head">
        <h2>{title}</h2>
        <IconButton icon="close" label={t("app.close")} onClick={onClose} />
      </header>
      <div className="side-panel-list scroll">{children}</div>
      {footer && <footer className="side-panel-foot">{footer}</footer>}
    </aside>
  );
}
