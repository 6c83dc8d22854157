import { t } from "../i18n/translate";
import { Button } from "../ui/Button";
import { Logo } from "../ui/Logo";
import { LoadingHeading } from "./LoadingHeading";
import "./EmptyPane.css";

/** The right side while no conversation is open, or while the one in the address is being fetched. */
export function EmptyPane({ waiting, first, onNew }: { waiting: boolean; first: boolean; onNew: () => void }) {
  return (
    <div className="pane empty-pane" aria-busy={waiting}>
      {waiting && <LoadingHeading />}
      {!waiting && (
        <div className="empty-pane-inner">
          <Logo size={56} />
          <h2>{t(first ? "empty.quiet" : "empty.pick")}</h2>
          <p>
            {t(first ? "empty.quietText" : "empty.pickText")}
          </p>
          {!first && <Button look="plain" icon="compose" onClick={onNew}>{t("list.new")}</Button>}
        </div>
      )}
    </div>
  );
}
