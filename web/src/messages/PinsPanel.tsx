import { useChatState } from "../app/session";
import { t } from "../i18n/translate";
import type { Conv, Msg } from "../socket/wire";
import { rightsOf, useMessageActions } from "./actions";
import { MessageCard } from "./MessageCard";
import { SidePanel } from "./SidePanel";

/** Everything that is pinned here. */
export function PinsPanel({ pins, conv, onClose }: { pins: readonly Msg[]; conv: Conv; onClose: () => void }) {
  const actions = useMessageActions();
  const me = useChatState((state) => state.me);
  return (
    <SidePanel title={t("msg.pinned")} onClose={onClose}>
      {pins.length === 0 && <p className="list-none">{t("msg.noPins")}</p>}
      {pins.map((msg) => (
        <MessageCard key={msg.seq} msg={msg}>
          <button type="button" onClick={() => actions.jump(msg.seq)}>{t("msg.show")}</button>
          {rightsOf(msg, conv, me).pin && (
            <button type="button" onClick={() => actions.pin(msg)}>{t("msg.unpin")}</button>
          )}
        </MessageCard>
      ))}
    </SidePanel>
  );
}
