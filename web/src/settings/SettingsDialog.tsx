import { useState } from "react";
import { waitingCount } from "../app/chatState";
import { useChatState, useSession } from "../app/session";
import { chooseLanguage, chosenLanguage } from "../i18n/language";
import type { Language } from "../i18n/languages";
import { languages } from "../i18n/languages";
import { t } from "../i18n/translate";
import { errorText } from "../session/errorText";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { Choice } from "../ui/Choice";
import { Confirm } from "../ui/Confirm";
import { Dialog } from "../ui/Dialog";
import { Select } from "../ui/Select";
import { useStore } from "../ui/Store";
import { chooseTheme, theme } from "../ui/theme";
import { toast } from "../ui/toast";
import { InvitationSection } from "./InvitationSection";
import { ServerSection } from "./ServerSection";
import "./SettingsDialog.css";

export function SettingsDialog({ serverName, onClose }: { serverName: string; onClose: () => void }) {
  const { signOut } = useSession();
  const me = useChatState((state) => state.me);
  const waiting = useChatState(waitingCount);
  const look = useStore(theme, (now) => now);
  const [asking, setAsking] = useState(false);

  async function leave() {
    try {
      await signOut();
    } catch (error) {
      toast(errorText(error));
    }
  }

  return (
    <Dialog title={t("settings.title")} onClose={onClose}>
      <div className="settings">
        <div className="settings-me">
          <Avatar id={me.u} name={me.name} size="l" />
          <div>
            <p className="settings-name">
              <bdi>{me.name}</bdi>
            </p>
            <p>@{me.username}{me.admin ? ` · ${t("settings.administrator")}` : ""}</p>
          </div>
        </div>
        <Choice
          legend={t("settings.appearance")}
          value={look}
          onValue={chooseTheme}
          options={[
            { value: "system", label: t("settings.system") },
            { value: "light", label: t("settings.light") },
            { value: "dark", label: t("settings.dark") },
          ]}
        />
        <Select
          label={t("settings.language")}
          value={chosenLanguage() ?? ""}
          onValue={(tag) =>
            void chooseLanguage(tag === "" ? undefined : tag as Language).catch(() => toast(t("error.unreachable")))}
          options={[
            { value: "", label: t("settings.languageBrowser") },
            ...languages.map(({ tag, name }) => ({ value: tag, label: name })),
          ]}
        />
        {me.admin && <ServerSection serverName={serverName} />}
        {me.admin && <InvitationSection />}
        <section className="settings-part">
          {asking
            ? (
              <Confirm
                text={t("settings.loseUnsent", { n: waiting })}
                action={t("settings.signOut")}
                onConfirm={() => void leave()}
                onCancel={() => setAsking(false)}
              />
            )
            : (
              <Button icon="leave" wide onClick={() => (waiting > 0 ? setAsking(true) : void leave())}>
                {t("settings.signOut")}
              </Button>
            )}
        </section>
      </div>
    </Dialog>
  );
}
