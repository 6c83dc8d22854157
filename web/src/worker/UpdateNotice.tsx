import { t } from "../i18n/translate";
import { Button } from "../ui/Button";
import { useStore } from "../ui/Store";
import { update } from "./update";
import "./UpdateNotice.css";

/** Says that there is a newer version, calmly: it is taken when the person likes. What waits to be sent is kept. */
export function UpdateNotice() {
  const take = useStore(update, (now) => now);
  if (!take) return null;
  return (
    <div className="update-notice" role="status">
      <p>{t("update.ready")}</p>
      <Button look="main" onClick={take}>{t("update.reload")}</Button>
      <Button look="quiet" onClick={() => update.set(undefined)}>{t("update.later")}</Button>
    </div>
  );
}
