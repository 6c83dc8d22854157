import type { ReactNode } from "react";
import { t } from "../i18n/translate";
import { Markdown } from "../markdown/Markdown";
import type { Msg } from "../socket/wire";
import { Avatar } from "../ui/Avatar";
import { exactTime, listTime } from "../ui/time";
import { useMinute } from "../ui/useMinute";
import { Attachments } from "./Attachments";

/** A message outside of its conversation's list. */
export function MessageCard({ msg, children }: { msg: Msg; children?: ReactNode }) {
  const now = useMinute();
  return (
    <article className="card" aria-label={`${msg.name}, ${exactTime(msg.ts)}`}>
      <header className="card-head">
        <Avatar id={msg.from} name={msg.name} size="s" />
        <bdi className="card-name">{msg.name}</bdi>
        <time dateTime={new Date(msg.ts).toISOString()} title={exactTime(msg.ts)}>{listTime(msg.ts, now)}</time>
      </header>
      <div className="card-text">
        {msg.del
          ? <span className="gone">{t("msg.deleted")}</span>
          : msg.body !== "" && <Markdown body={msg.body} mentions={(msg.mentions?.length ?? 0) > 0} me={undefined} />}
      </div>
      {msg.files && msg.files.length > 0 && <Attachments files={msg.files} />}
      {children && <div className="card-actions">{children}</div>}
    </article>
  );
}
