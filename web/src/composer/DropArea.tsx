import type { RefObject } from "react";
import { useEffect, useState } from "react";
import { t } from "../i18n/translate";
import { Icon } from "../ui/Icon";
import { useAttach } from "./useAttach";
import "./DropArea.css";

/** Files that are dragged over the conversation can be dropped anywhere in it. */
export function DropArea({ c, pane }: { c: string; pane: RefObject<HTMLElement> }) {
  const attach = useAttach(c);
  const [over, setOver] = useState(false);

  useEffect(() => {
    const element = pane.current;
    if (!element) return undefined;
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const drag = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!element.contains(event.relatedTarget as Node | null)) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!holdsFiles(event)) return;
      event.preventDefault();
      attach(event.dataTransfer?.files ?? []);
    };
    element.addEventListener("dragover", drag);
    element.addEventListener("dragleave", leave);
    element.addEventListener("drop", drop);
    return () => {
      element.removeEventListener("dragover", drag);
      element.removeEventListener("dragleave", leave);
      element.removeEventListener("drop", drop);
    };
  }, [pane, attach]);

  if (!over) return null;
  return (
    <div className="drop-area" aria-hidden="true">
      <p>
        <Icon name="attach" size={28} />
        {t("composer.drop")}
      </p>
    </div>
  );
}
