import { t } from "../i18n/translate";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { exactTime } from "../ui/time";
import type { Invite } from "./adminApi";

/** One invitation: how often it was used, until when it holds, into which rooms it leads. */
export function InviteRow({ invite, busy, onRevoke }: { invite: Invite; busy: boolean; onRevoke: () => void }) {
  const { uses, used = 0, expiresAt, reason, rooms = [], by } = invite;
  const state = reason ?? (used >= uses ? "used" : expiresAt <= Date.now() ? "expired" : "open");
  const author = typeof by === "string" ? by : by?.name;
  return (
    <div className="row-line">
      <span className="row-icon">
        <Icon name="ticket" />
      </span>
      <div className="row-text">
        <p className="row-title">
          {t("admin.usedOf", { used, n: uses })}
          <span className={state === "open" ? "tag tag-good" : "tag"}>{stateText(state)}</span>
        </p>
        <p className="row-detail">
          {author && <span>{t("admin.by", { name: author })}</span>}
          <span>{t("admin.until", { time: exactTime(expiresAt) })}</span>
          {rooms.length > 0 && <span>{rooms.map(({ name }) => name).join(", ")}</span>}
        </p>
      </div>
      {state === "open" && <Button look="danger" busy={busy} onClick={onRevoke}>{t("admin.revoke")}</Button>}
    </div>
  );
}

function stateText(state: "revoked" | "used" | "expired" | "open"): string {
  if (state === "open") return t("admin.stateOpen");
  if (state === "used") return t("admin.stateUsed");
  return t(state === "expired" ? "admin.stateExpired" : "admin.stateRevoked");
}
