import { t } from "../i18n/translate";
import { plainText } from "../markdown/plainText";
import type { Msg } from "../socket/wire";
import { IconButton } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { useMessageActions } from "./actions";

/** The message that was pinned last; a press leads to it, the button to all of them. */
export function PinnedBar({ pins, onPanel }: { pins: readonly Msg[]; onPanel: () => void }) {
  const { jump } = useMessageActions();
  const [newest] = pins;
  if (!newest) return null;
  const text = plainText(newest.body) || t("msg.attachment");
  return (
    <div className="pinned-bar" role="group" aria-label={t("msg.pinned")}>
      <Icon name="pin" size={16} />
      <button type="button" className="pinned-text" onClick={() => jump(newest.seq)}>
        <bdi className="pinned-name">{newest.name}</bdi>
        <span dir="auto">{text}</span>
      </button>
      {pins.length > 1 && <span className="pinned-count" aria-hidden="true">{pins.length}</span>}
      <IconButton icon="list" label={t("msg.allPins", { n: pins.length })} onClick={onPanel} />
    </div>
  );
}
