import { t } from "../i18n/translate";
import type { Conv } from "../socket/wire";
import { Field } from "../ui/Field";
import { Icon } from "../ui/Icon";
import { Select } from "../ui/Select";
import type { Filters } from "./query";

interface SearchFiltersProps {
  readonly filters: Filters;
  readonly convs: readonly Conv[];
  /** The boxes are shown, not only the chips of what is set. */
  readonly open: boolean;
  readonly onFilters: (filters: Filters) => void;
}

/** Where, from whom, when, with what: each set one is a chip that takes it away. */
export function SearchFilters({ filters, convs, open, onFilters }: SearchFiltersProps) {
  const set = (name: keyof Filters, value: string | boolean | undefined) => {
    const { [name]: _, ...others } = filters;
    onFilters(value === undefined || value === "" || value === false ? others : { ...others, [name]: value });
  };
  const chips = (Object.keys(filters) as (keyof Filters)[]).map((name) => ({
    name,
    text: chipText(name, filters, convs),
  }));
  return (
    <>
      {chips.length > 0 && (
        <ul className="chips" aria-label={t("search.filters")}>
          {chips.map(({ name, text }) => (
            <li key={name}>
              <button
                type="button"
                className="chip"
                aria-label={t("search.dropFilter", { name: text })}
                onClick={() => set(name, undefined)}
              >
                {text} <Icon name="close" size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {open && (
        <div className="search-filters">
          <Select
            label={t("search.in")}
            value={filters.in ?? ""}
            onValue={(value) => set("in", value)}
            options={[
              { value: "", label: t("search.anywhere") },
              ...convs.map(({ c, name }) => ({ value: c, label: name })),
            ]}
          />
          <Field
            label={t("search.from")}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder={t("search.fromExample")}
            value={filters.from ?? ""}
            onValue={(value) => set("from", value.replace(/^@/, "").trim())}
          />
          <Select
            label={t("search.has")}
            value={filters.has ?? ""}
            onValue={(value) => set("has", value)}
            options={[
              { value: "", label: t("search.hasAny") },
              { value: "file", label: t("search.hasFile") },
              { value: "image", label: t("search.hasImage") },
              { value: "link", label: t("search.hasLink") },
            ]}
          />
          <Field
            label={t("search.after")}
            type="date"
            value={filters.after ?? ""}
            onValue={(value) => set("after", value)}
          />
          <Field
            label={t("search.before")}
            type="date"
            value={filters.before ?? ""}
            onValue={(value) => set("before", value)}
          />
        </div>
      )}
    </>
  );
}

function chipText(name: keyof Filters, filters: Filters, convs: readonly Conv[]): string {
  switch (name) {
    case "in":
      return t("search.chipIn", { name: convs.find(({ c }) => c === filters.in)?.name ?? filters.in ?? "" });
    case "from":
      return filters.from === "me" ? t("search.fromMe") : t("search.chipFrom", { name: filters.from ?? "" });
    case "before":
      return t("search.chipBefore", { day: filters.before ?? "" });
    case "after":
      return t("search.chipAfter", { day: filters.after ?? "" });
    case "has":
      return t(
        filters.has === "file" ? "search.hasFile" : filters.has === "image" ? "search.hasImage" : "search.hasLink",
      );
    case "pinned":
      return t("search.isPinned");
  }
}
