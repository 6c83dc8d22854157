import { useState } from "react";
import { waitingCount } from "../app/chatState";
import { useChatState, useSession } from "../app/session";
import { isAdmin } from "../people/isAdmin";
import { ListLink } from "../conversations/ListLink";
import { t } from "../i18n/translate";
import { errorText } from "../session/errorText";
import { Avatar } from "../ui/Avatar";
import { Confirm } from "../ui/Confirm";
import type { DeskPage } from "../ui/Desk";
import { Desk } from "../ui/Desk";
import { Icon } from "../ui/Icon";
import { toast } from "../ui/toast";
import { AppearancePage } from "./AppearancePage";
import { DevicesPage } from "./DevicesPage";
import { LanguagePage } from "./LanguagePage";
import { NotificationsPage } from "./NotificationsPage";
import { PasswordPage } from "./PasswordPage";
import { ProfilePage } from "./ProfilePage";
import { ShortcutsPage } from "./ShortcutsPage";
import { TotpPage } from "./TotpPage";
import "./settings.css";

/** Everything that a person can choose for themselves. */
export function SettingsScreen({ page }: { page: string | undefined }) {
  const me = useChatState((state) => state.me);
  const pages: readonly DeskPage[] = [
    { id: "profile", title: t("settings.profile"), icon: "person", Show: ProfilePage },
    { id: "password", title: t("account.password"), icon: "key", Show: PasswordPage },
    { id: "totp", title: t("totp.title"), icon: "shield", Show: TotpPage },
    { id: "devices", title: t("devices.title"), icon: "devices", Show: DevicesPage },
    { id: "notifications", title: t("notices.title"), icon: "bell", Show: NotificationsPage },
    { id: "appearance", title: t("settings.appearance"), icon: "palette", Show: AppearancePage },
    { id: "language", title: t("settings.language"), icon: "globe", Show: LanguagePage },
    { id: "shortcuts", title: t("keys.title"), icon: "keyboard", Show: ShortcutsPage },
  ];
  const head = (
    <div className="desk-me">
      <Avatar id={me.u} name={me.name} image={me.avatar} size="l" />
      <div>
        <p className="desk-me-name">
          <bdi>{me.name}</bdi>
        </p>
        <p>@{me.username}{isAdmin(me) ? ` · ${t("settings.administrator")}` : ""}</p>
      </div>
    </div>
  );
  return (
    <Desk
      title={t("settings.title")}
      base="/settings"
      page={page}
      pages={pages}
      tab
      head={head}
      foot={<Foot />}
    />
  );
}

function Foot() {
  const { signOut } = useSession();
  const me = useChatState((state) => state.me);
  const waiting = useChatState(waitingCount);
  const [asking, setAsking] = useState(false);

  async function leave() {
    try {
      await signOut();
    } catch (error) {
      toast(errorText(error));
    }
  }

  return (
    <div className="desk-foot">
      {isAdmin(me) && (
        <ListLink to="/admin" className="desk-row">
          <Icon name="gauge" />
          <span>{t("settings.admin")}</span>
          <Icon name="next" size={16} />
        </ListLink>
      )}
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
          <button
            type="button"
            className="list-row desk-row desk-danger"
            onClick={() => (waiting > 0 ? setAsking(true) : void leave())}
          >
            <Icon name="leave" />
            <span>{t("settings.signOut")}</span>
          </button>
        )}
    </div>
  );
}
