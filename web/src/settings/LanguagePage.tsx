import { useState } from "react";
import { chooseLanguage, chosenLanguage } from "../i18n/language";
import type { Language } from "../i18n/languages";
import { languages } from "../i18n/languages";
import { t } from "../i18n/translate";
import { Part } from "../ui/Desk";
import { RadioList } from "../ui/RadioList";
import { toast } from "../ui/toast";
import { accountApi } from "./accountApi";

export function LanguagePage() {
  const [chosen, setChosen] = useState<Language | "browser">(chosenLanguage() ?? "browser");

  async function choose(wanted: Language | "browser") {
    const tag = wanted === "browser" ? undefined : wanted;
    try {
      await chooseLanguage(tag);
    } catch {
      toast(t("error.unreachable"));
      return;
    }
    setChosen(wanted);
    if (tag) accountApi.change({ locale: tag }).catch(() => undefined); // for devices that have made no choice
  }

  return (
    <Part>
      <RadioList
        legend={t("settings.language")}
        value={chosen}
        onValue={(wanted) => void choose(wanted)}
        options={[
          { value: "browser", label: t("settings.languageBrowser") },
          ...languages.map(({ tag, name }) => ({ value: tag, label: name, lang: tag })),
        ]}
      />
    </Part>
  );
}
