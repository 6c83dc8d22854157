import { useMemo, useState } from "react";
import { useChatState } from "../app/session";
import { goUp } from "../app/route";
import { listed } from "../conversations/listed";
import { t } from "../i18n/translate";
import { Button, IconButton } from "../ui/Button";
import { FormError } from "../ui/FormError";
import { SearchField } from "../ui/SearchField";
import { useStore } from "../ui/Store";
import { HitRow } from "./HitRow";
import type { Filters } from "./query";
import { queryOf } from "./query";
import { searchLine } from "./searchLine";
import { SearchFilters } from "./SearchFilters";
import { useSearchHits } from "./useSearchHits";
import "./SearchPane.css";

export function SearchPane() {
  const { words, filters } = useStore(searchLine, (now) => now);
  const convs = useChatState((state) => state.convs);
  const names = useMemo(() => new Map([...convs.values()].map(({ c, name }) => [c, name])), [convs]);
  const rooms = useMemo(() => listed(convs, undefined), [convs]);
  const q = queryOf(words, filters);
  const { hits, problem, more } = useSearchHits(q);
  const [advanced, setAdvanced] = useState(Object.keys(filters).length > 0);
  const set = (change: { words?: string; filters?: Filters }) => searchLine.set({ words, filters, ...change });

  return (
    <section className="pane search-pane" aria-label={t("search.title")}>
      <header className="search-head">
        <IconButton icon="back" label={t("app.back")} className="back" onClick={() => goUp("/")} />
        <h1>{t("search.title")}</h1>
        <Button icon="settings" look="quiet" aria-expanded={advanced} onClick={() => setAdvanced(!advanced)}>
          {t("search.filters")}
        </Button>
      </header>
      <div className="search-bar">
        <SearchField label={t("search.words")} value={words} onValue={(text) => set({ words: text })} />
        <SearchFilters filters={filters} convs={rooms} open={advanced} onFilters={(next) => set({ filters: next })} />
      </div>
      {/* Reachable with Tab, so that the arrow keys scroll it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="search-results scroll" tabIndex={0} role="group" aria-label={t("switcher.results")}>
        <FormError text={problem} />
        <p className="unseen" role="status">{hits && t("search.found", { n: hits.length })}</p>
        {hits && hits.length > 0 && (
          <ol className="hits">
            {hits.map((hit) => (
              <li key={hit.mid}>
                <HitRow msg={hit.msg} marks={hit.marks} place={names.get(hit.msg.c) ?? ""} />
              </li>
            ))}
          </ol>
        )}
        {hits?.length === 0 && <p className="list-none">{t("app.notfound")}</p>}
        {q === "" && <Hints onPick={(filter) => set({ filters: { ...filters, ...filter } })} />}
        {more && <Button className="hits-more" onClick={more}>{t("search.more")}</Button>}
      </div>
    </section>
  );
}

function Hints({ onPick }: { onPick: (filter: Filters) => void }) {
  return (
    <div className="search-hints">
      <p>{t("search.hint")}</p>
      <div className="part-buttons">
        <Button icon="person" onClick={() => onPick({ from: "me" })}>{t("search.fromMe")}</Button>
        <Button icon="file" onClick={() => onPick({ has: "file" })}>{t("search.hasFile")}</Button>
        <Button icon="link" onClick={() => onPick({ has: "link" })}>{t("search.hasLink")}</Button>
        <Button icon="pin" onClick={() => onPick({ pinned: true })}>{t("search.isPinned")}</Button>
      </div>
    </div>
  );
}
