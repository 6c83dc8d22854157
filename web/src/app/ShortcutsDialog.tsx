import { t } from "../i18n/translate";
import { Dialog } from "../ui/Dialog";
import { ShortcutList } from "./ShortcutList";

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t("keys.title")} onClose={onClose}>
      <ShortcutList />
    </Dialog>
  );
}
