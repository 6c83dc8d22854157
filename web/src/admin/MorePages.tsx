import type { ReactNode } from "react";
import { t } from "../i18n/translate";
import { Button } from "../ui/Button";
import { FormError } from "../ui/FormError";
import type { Pages } from "../ui/usePages";

interface MorePagesProps<T> {
  readonly pages: Pages<T>;
  readonly none: string;
  readonly children: (items: readonly T[]) => ReactNode;
}

/** A list that comes in pieces: waiting, empty, the pieces so far, a button for the next. */
export function MorePages<T>({ pages, none, children }: MorePagesProps<T>) {
  const { items, problem, more, reload } = pages;
  return (
    <>
      <FormError text={problem} />
      {problem && <Button icon="retry" onClick={reload}>{t("app.retry")}</Button>}
      {items === undefined && !problem && <div className="waiting" aria-busy="true" />}
      {items?.length === 0 && <p className="list-none">{none}</p>}
      {items && items.length > 0 && <div className="table-box">{children(items)}</div>}
      {more && <Button onClick={more}>{t("admin.more")}</Button>}
    </>
  );
}
