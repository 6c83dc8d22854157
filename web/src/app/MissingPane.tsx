import { t } from "../i18n/translate";
import { Button } from "../ui/Button";
import { Logo } from "../ui/Logo";
import { replaceWith } from "./route";
import "./EmptyPane.css";

/** The address names a conversation that does not exist, or not for this person: the server tells nobody which. */
export function MissingPane() {
  return (
    <div className="pane empty-pane">
      <div className="empty-pane-inner">
        <Logo size={56} />
        <h1>{t("missing.title")}</h1>
        <p>{t("missing.text")}</p>
        <Button icon="back" onClick={() => replaceWith("/")}>{t("header.back")}</Button>
      </div>
    </div>
  );
}
