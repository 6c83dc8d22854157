import { t } from "../i18n/translate";
import { Choice } from "../ui/Choice";
import { Part } from "../ui/Desk";
import { useStore } from "../ui/Store";
import { chooseTheme, theme } from "../ui/theme";
import { accountApi } from "./accountApi";
import { lookOf, prefer, preferences } from "./preferences";
import type { Preferences } from "./preferences";

export function AppearancePage() {
  const look = useStore(theme, (now) => now);
  const chosen = useStore(preferences, (now) => now);

  function choose(change: Partial<Preferences>) {
    prefer(change);
    // For my other devices; this one keeps the choice whether or not the server hears of it.
    accountApi.change({ prefs: { look: lookOf(preferences.get()) } }).catch(() => undefined);
  }

  return (
    <>
      <Part>
        <Choice
          legend={t("settings.theme")}
          value={look}
          onValue={chooseTheme}
          options={[
            { value: "system", label: t("settings.system") },
            { value: "light", label: t("settings.light") },
            { value: "dark", label: t("settings.dark") },
          ]}
        />
      </Part>
      <Part>
        <Choice
          legend={t("settings.density")}
          value={chosen.density}
          onValue={(density) => choose({ density })}
          options={[
            { value: "comfortable", label: t("settings.comfortable") },
            { value: "compact", label: t("settings.compact") },
          ]}
        />
        <Choice
          legend={t("settings.layout")}
          value={chosen.layout}
          onValue={(layout) => choose({ layout })}
          options={[
            { value: "bubbles", label: t("settings.bubbles") },
            { value: "flat", label: t("settings.flat") },
          ]}
        />
        <Choice
          legend={t("settings.text")}
          value={chosen.text}
          onValue={(text) => choose({ text })}
          options={[
            { value: "small", label: t("settings.small") },
            { value: "normal", label: t("settings.normal") },
            { value: "large", label: t("settings.large") },
            { value: "huge", label: t("settings.huge") },
          ]}
        />
      </Part>
    </>
  );
}
