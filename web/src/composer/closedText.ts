import { t } from "../i18n/translate";
import type { Conv } from "../socket/wire";
import { clockTime } from "../ui/time";

/** Why nothing can be written here, if that is so. */
export function closedText({ archived, silenced }: Conv): string | undefined {
  if (archived) return t("composer.archived");
  if (silenced && silenced > Date.now()) return t("composer.silenced", { time: clockTime(silenced) });
  return undefined;
}
