import { t } from "../i18n/translate";
import { Button } from "./Button";

interface ConfirmProps {
  readonly text: string;
  readonly action: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** A second thought, in place, before something that cannot be taken back. */
export function Confirm({ text, action, onConfirm, onCancel }: ConfirmProps) {
  return (
    <div className="confirm" role="group" aria-label={action}>
      <p>{text}</p>
      <div className="confirm-buttons">
        <Button onClick={onCancel} autoFocus>{t("app.cancel")}</Button>
        <Button look="danger" onClick={onConfirm}>{action}</Button>
      </div>
    </div>
  );
}
