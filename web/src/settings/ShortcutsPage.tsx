import { ShortcutList } from "../app/ShortcutList";
import { Part } from "../ui/Desk";

export function ShortcutsPage() {
  return (
    <Part>
      <ShortcutList />
    </Part>
  );
}
