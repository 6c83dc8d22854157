import { useEffect, useState } from "react";
import { t } from "../i18n/translate";
import type { ServerSettings } from "../session/api";
import { api } from "../session/api";
import { errorText } from "../session/errorText";
import { Choice } from "../ui/Choice";
import { toast } from "../ui/toast";

/** For administrators: who may create an account. */
export function ServerSection({ serverName }: { serverName: string }) {
  const [settings, setSettings] = useState<ServerSettings>();

  useEffect(() => {
    let wanted = true;
    api.settings().then((now) => wanted && setSettings(now), (error: unknown) => toast(errorText(error)));
    return () => {
      wanted = false;
    };
  }, []);

  async function choose(signup: ServerSettings["signup"]) {
    const before = settings;
    setSettings((now) => now && { ...now, signup });
    try {
      setSettings(await api.saveSettings({ signup }));
    } catch (error) {
      setSettings(before);
      toast(errorText(error));
    }
  }

  if (!settings) return null;
  return (
    <section className="settings-part" aria-label={t("admin.server")}>
      <Choice
        legend={t("admin.signup", { server: serverName })}
        value={settings.signup}
        onValue={(signup) => void choose(signup)}
        options={[
          { value: "invite", label: t("admin.signupInvite"), detail: t("admin.signupInviteText") },
          { value: "open", label: t("admin.signupOpen"), detail: t("admin.signupOpenText") },
        ]}
      />
    </section>
  );
}
