import { useRef, useState } from "react";
import { t } from "../i18n/translate";
import type { Invitation } from "../session/api";
import { api } from "../session/api";
import { errorText } from "../session/errorText";
import { Button } from "../ui/Button";
import { Select } from "../ui/Select";
import { exactTime } from "../ui/time";
import { toast } from "../ui/toast";
import { copyText } from "./copyText";

const lifetimes = [1, 7, 30];
const counts = [1, 10, 100];

/** For administrators: a link with which others create their account. */
export function InvitationSection() {
  const [hours, setHours] = useState("168");
  const [uses, setUses] = useState("1");
  const [invitation, setInvitation] = useState<Invitation>();
  const [copied, setCopied] = useState(false);
  const [busy, setBusy] = useState(false);
  const link = useRef<HTMLInputElement>(null);

  async function create() {
    setBusy(true);
    try {
      const made = await api.invite(Number(hours), Number(uses));
      setInvitation({ ...made, url: new URL(made.url, location.origin).href });
      setCopied(false);
    } catch (error) {
      toast(errorText(error));
    }
    setBusy(false);
  }

  async function copy() {
    if (invitation) setCopied(await copyText(invitation.url, link.current));
  }

  return (
    <section className="settings-part" aria-label={t("admin.invitation")}>
      <h3>{t("admin.invite")}</h3>
      <div className="settings-pair">
        <Select
          label={t("admin.validFor")}
          value={hours}
          onValue={setHours}
          options={lifetimes.map((n) => ({ value: String(n * 24), label: t("admin.days", { n }) }))}
        />
        <Select
          label={t("admin.for")}
          value={uses}
          onValue={setUses}
          options={counts.map((n) => ({ value: String(n), label: t("admin.people", { n }) }))}
        />
      </div>
      <Button icon="link" busy={busy} onClick={() => void create()}>{t("admin.createLink")}</Button>
      {invitation && (
        <div className="invitation" role="status">
          <div className="invitation-link">
            <input
              ref={link}
              readOnly
              aria-label={t("admin.link")}
              value={invitation.url}
              onFocus={(event) => event.target.select()}
            />
            <Button look="main" icon={copied ? "check" : "copy"} onClick={() => void copy()}>
              {t(copied ? "app.copied" : "app.copy")}
            </Button>
          </div>
          <p>
            {t("admin.linkFor", { n: invitation.uses, time: exactTime(invitation.expiresAt) })}
          </p>
        </div>
      )}
    </section>
  );
}
