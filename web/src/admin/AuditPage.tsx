import { useCallback, useState } from "react";
import { t } from "../i18n/translate";
import { Button } from "../ui/Button";
import { Part } from "../ui/Desk";
import { Field } from "../ui/Field";
import { agoText, exactTime } from "../ui/time";
import type { AuditEntry } from "./adminApi";
import { adminApi } from "./adminApi";
import { MorePages } from "./MorePages";
import { usePages } from "../ui/usePages";

/** Who did what, newest first. Nothing here can be changed. */
export function AuditPage() {
  const [action, setAction] = useState("");
  const [actor, setActor] = useState("");
  const [filter, setFilter] = useState<{ action?: string; actor?: string }>({});
  const ask = useCallback(async (before?: string | number) => {
    const by = filter.actor ? await idOf(filter.actor) : undefined;
    if (filter.actor && by === undefined) return { items: [] };
    const { entries, next } = await adminApi.audit({ action: filter.action, actor: by, before });
    return { items: entries, next };
  }, [filter]);
  const pages = usePages(ask);

  return (
    <Part>
      <form
        className="audit-filter"
        aria-label={t("audit.filter")}
        onSubmit={(event) => {
          event.preventDefault();
          setFilter({ action: action.trim(), actor: actor.trim() });
        }}
      >
        <Field
          label={t("audit.action")}
          autoComplete="off"
          spellCheck={false}
          placeholder="person.ban"
          value={action}
          onValue={setAction}
        />
        <Field
          label={t("audit.actor")}
          autoComplete="off"
          spellCheck={false}
          placeholder="ada"
          value={actor}
          onValue={setActor}
        />
        <Button type="submit" icon="search">{t("audit.filter")}</Button>
      </form>
      <MorePages pages={pages} none={t("audit.none")}>
        {(entries) => (
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t("audit.action")}</th>
                <th scope="col">{t("audit.actor")}</th>
                <th scope="col">{t("audit.target")}</th>
                <th scope="col">{t("audit.address")}</th>
                <th scope="col">{t("audit.time")}</th>
              </tr>
            </thead>
            <tbody>{entries.map((entry) => <Row key={entry.id} entry={entry} />)}</tbody>
          </table>
        )}
      </MorePages>
    </Part>
  );
}

/** The server knows people by ids; a person types a user name. */
async function idOf(username: string): Promise<string | undefined> {
  const name = username.replace(/^@/, "").toLowerCase();
  const { people } = await adminApi.people(name);
  return people.find((person) => person.username === name)?.u;
}

function Row({ entry }: { entry: AuditEntry }) {
  const { at, actor, ip, action, target, data } = entry;
  return (
    <tr>
      <th scope="row">
        <code>{action}</code>
        {data !== undefined && data !== null && <span className="cell-detail cell-data">{JSON.stringify(data)}</span>}
      </th>
      <td data-label={t("audit.actor")}>{actor ? <bdi>{actor.name}</bdi> : t("audit.nobody")}</td>
      <td data-label={t("audit.target")} className="cell-target">{target || "–"}</td>
      <td data-label={t("audit.address")}>{ip || "–"}</td>
      <td data-label={t("audit.time")}>
        <time dateTime={new Date(at).toISOString()} title={exactTime(at)}>{agoText(at)}</time>
      </td>
    </tr>
  );
}
