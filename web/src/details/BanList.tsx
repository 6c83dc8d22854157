import { useCallback } from "react";
import { useConnection } from "../app/session";
import { t } from "../i18n/translate";
import { ApiError } from "../session/api";
import { refusalSentence } from "../session/errorText";
import { useAnswer } from "../settings/useAnswer";
import type { Conv } from "../socket/wire";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { toast } from "../ui/toast";

/** Who may not come in; shown only when there is somebody. */
export function BanList({ conv }: { conv: Conv }) {
  const connection = useConnection();
  const { c } = conv;
  const answer = useAnswer(useCallback(async () => {
    const told = await connection.request("room.bans", { c });
    if (!told.ok) throw new ApiError(told.code, told.message);
    return told.list;
  }, [connection, c]));

  async function lift(u: string) {
    const told = await connection.request("room.ban", { c, u, on: false });
    if (!told.ok) toast(refusalSentence(told));
    answer.reload();
  }

  if (!answer.value || answer.value.length === 0) return null;
  return (
    <section className="details-part" aria-label={t("details.bans")}>
      <h2>{t("details.bans")}</h2>
      <ul className="rows">
        {answer.value.map(({ u, name, username, reason }) => (
          <li key={u} className="member">
            <Avatar id={u} name={name} size="s" />
            <span className="conv-text">
              <bdi className="conv-name">{name}</bdi>
              <span className="conv-preview">{reason || `@${username}`}</span>
            </span>
            <Button aria-label={t("details.liftNamed", { name })} onClick={() => void lift(u)}>
              {t("details.lift")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
