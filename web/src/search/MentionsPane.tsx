import { useCallback, useMemo } from "react";
import { usePages } from "../ui/usePages";
import { useChatState, useConnection } from "../app/session";
import { goUp } from "../app/route";
import { t } from "../i18n/translate";
import { ApiError } from "../session/api";
import { Button, IconButton } from "../ui/Button";
import { FormError } from "../ui/FormError";
import { HitRow } from "./HitRow";
import "./SearchPane.css";

/** Messages that speak to me, newest first. */
export function MentionsPane() {
  const connection = useConnection();
  const ready = useChatState((state) => state.ready);
  const convs = useChatState((state) => state.convs);
  const names = useMemo(() => new Map([...convs.values()].map(({ c, name }) => [c, name])), [convs]);
  const unread = (c: string, seq: number) => seq > (convs.get(c)?.read ?? Infinity);
  const ask = useCallback(async (before?: number) => {
    if (!ready) return { items: [] };
    const answer = await connection.request("mentions", before === undefined ? {} : { before });
    if (!answer.ok) throw new ApiError(answer.code, answer.message, answer.after);
    return { items: answer.msgs, next: answer.next };
  }, [connection, ready]);
  const { items, problem, more } = usePages(ask);
  return (
    <section className="pane search-pane" aria-label={t("tabs.mentions")}>
      <header className="search-head">
        <IconButton icon="back" label={t("app.back")} className="back" onClick={() => goUp("/")} />
        <h1>{t("tabs.mentions")}</h1>
      </header>
      {/* Reachable with Tab, so that the arrow keys scroll it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="search-results scroll" tabIndex={0} role="group" aria-label={t("tabs.mentions")}>
        <FormError text={problem} />
        <ol className="hits">
          {items?.map((msg) => (
            <li key={msg.id} className={unread(msg.c, msg.seq) ? "hit-new" : undefined}>
              <HitRow msg={msg} place={names.get(msg.c) ?? ""} />
            </li>
          ))}
        </ol>
        {ready && items?.length === 0 && (
          <div className="list-empty">
            <p>{t("mentions.none")}</p>
            <p>{t("mentions.noneText")}</p>
          </div>
        )}
        {more && <Button className="hits-more" onClick={more}>{t("search.more")}</Button>}
      </div>
    </section>
  );
}
