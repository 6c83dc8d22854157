import { useCallback } from "react";
import { useChatState, useConnection } from "../app/session";
import { t } from "../i18n/translate";
import { HitRow } from "../search/HitRow";
import { ApiError } from "../session/api";
import { useAnswer } from "../settings/useAnswer";
import type { Conv } from "../socket/wire";
import { Waiting } from "../ui/Waiting";

/** The messages that are held up, newest pin first. */
export function PinsTab({ conv }: { conv: Conv }) {
  const connection = useConnection();
  const { c } = conv;
  const rev = useChatState((state) => state.convs.get(c)?.rev);
  const answer = useAnswer(useCallback(async () => {
    const told = await connection.request("pins", { c });
    if (!told.ok) throw new ApiError(told.code, told.message);
    return told.msgs;
    // A pin is a change of the conversation: asked again then.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [connection, c, rev]));
  return (
    <Waiting answer={answer}>
      {(msgs) =>
        msgs.length === 0
          ? (
            <div className="list-empty">
              <p>{t("details.noPins")}</p>
              <p>{t("details.noPinsText")}</p>
            </div>
          )
          : (
            <ol className="hits">
              {msgs.map((msg) => (
                <li key={msg.id}>
                  <HitRow msg={msg} place="" />
                </li>
              ))}
            </ol>
          )}
    </Waiting>
  );
}
