import { t } from "../i18n/translate";
import type { Msg } from "../socket/wire";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { MessageCard } from "./MessageCard";

interface DeleteDialogProps {
  readonly msg: Msg;
  readonly onDelete: () => void;
  readonly onClose: () => void;
}

/** A second thought before a message goes for everybody. */
export function DeleteDialog({ msg, onDelete, onClose }: DeleteDialogProps) {
  const foot = (
    <>
      <Button onClick={onClose} autoFocus>{t("app.cancel")}</Button>
      <Button
        look="danger"
        onClick={() => {
          onDelete();
          onClose();
        }}
      >
        {t("msg.delete")}
      </Button>
    </>
  );
  return (
    <Dialog title={t("msg.deleteTitle")} onClose={onClose} footer={foot}>
      <p className="delete-text">{t("msg.deleteText")}</p>
      <MessageCard msg={msg} />
    </Dialog>
  );
}
