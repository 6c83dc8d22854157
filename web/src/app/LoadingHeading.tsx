import { t } from "../i18n/translate";

/** What a screen is called while it is not there yet: no page is without a heading, not even for a moment. */
export function LoadingHeading() {
  return <h1 className="unseen">{t("app.loading")}</h1>;
}
