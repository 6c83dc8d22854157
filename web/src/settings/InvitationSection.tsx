import { useRef, useState } from "react";
import type { Invitation } from "../session/api";
import { api } from "../session/api";
import { errorText } from "../session/errorText";
import { Button } from "../ui/Button";
import { Select } from "../ui/Select";
import { exactTime } from "../ui/time";
import { toast } from "../ui/toast";
import { copyText } from "./copyText";

const lifetimes = [
  { value: "24", label: "1 day" },
  { value: "168", label: "7 days" },
  { value: "720", label: "30 days" },
];
const counts = [
  { value: "1", label: "1 person" },
  { value: "10", label: "10 people" },
  { value: "100", label: "100 people" },
];

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
    <section className="settings-part" aria-label="Invitation">
      <h3>Invite people</h3>
      <div className="settings-pair">
        <Select label="Valid for" value={hours} onValue={setHours} options={lifetimes} />
        <Select label="For" value={uses} onValue={setUses} options={counts} />
      </div>
      <Button icon="link" busy={busy} onClick={() => void create()}>Create invitation link</Button>
      {invitation && (
        <div className="invitation" role="status">
          <div className="invitation-link">
            <input
              ref={link}
              readOnly
              aria-label="Invitation link"
              value={invitation.url}
              onFocus={(event) => event.target.select()}
            />
            <Button look="main" icon={copied ? "check" : "copy"} onClick={() => void copy()}>
              {copied ? "Copied" : "Copy"}
            </Button>
          </div>
          <p>
            {invitation.uses === 1 ? "For one person" : `For ${invitation.uses} people`}, until{" "}
            {exactTime(invitation.expiresAt)}.
          </p>
        </div>
      )}
    </section>
  );
}
