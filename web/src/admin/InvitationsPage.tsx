import { useState } from "react";
import { useChatState } from "../app/session";
import { t } from "../i18n/translate";
import type { Invitation } from "../session/api";
import { api } from "../session/api";
import { useAnswer } from "../settings/useAnswer";
import { useWork } from "../settings/useWork";
import { Button } from "../ui/Button";
import { Part } from "../ui/Desk";
import { FormError } from "../ui/FormError";
import { Select } from "../ui/Select";
import { exactTime } from "../ui/time";
import { Waiting } from "../ui/Waiting";
import { adminApi } from "./adminApi";
import { HandOver } from "./HandOver";
import { InviteRow } from "./InviteRow";

const lifetimes = [1, 7, 30];
const counts = [1, 10, 100];

/** Links with which others create their account, and come into rooms at once. */
export function InvitationsPage() {
  const answer = useAnswer(adminApi.invites);
  const { busy, problem, run } = useWork();

  async function revoke(id: string) {
    await run(() => adminApi.revokeInvite(id));
    answer.reload();
  }

  return (
    <>
      <NewInvitation onCreated={answer.reload} />
      <Part title={t("admin.invitations")}>
        <FormError text={problem} />
        <Waiting answer={answer}>
          {({ invites }) => (
            invites.length === 0 ? <p className="list-none">{t("admin.noInvitations")}</p> : (
              <ul className="rows">
                {invites.map((invite) => (
                  <li key={invite.id}>
                    <InviteRow invite={invite} busy={busy} onRevoke={() => void revoke(invite.id)} />
                  </li>
                ))}
              </ul>
            )
          )}
        </Waiting>
      </Part>
    </>
  );
}

function NewInvitation({ onCreated }: { onCreated: () => void }) {
  const convs = useChatState((state) => state.convs);
  const rooms = [...convs.values()].filter(({ kind, archived }) =>
    (kind === "public" || kind === "private") && !archived
  );
  const [hours, setHours] = useState("168");
  const [uses, setUses] = useState("1");
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [made, setMade] = useState<Invitation>();
  const { busy, problem, run } = useWork();

  const create = async () => {
    const wanted = { hours: Number(hours), uses: Number(uses) };
    const done = await run(async () =>
      setMade(await api.invite(picked.size > 0 ? { ...wanted, rooms: [...picked] } : wanted))
    );
    if (done) onCreated();
  };
  const toggle = (c: string) => {
    const next = new Set(picked);
    if (!next.delete(c)) next.add(c);
    setPicked(next);
  };

  return (
    <Part title={t("admin.invite")}>
      <div className="part-pair">
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
      {rooms.length > 0 && (
        <fieldset className="room-picks">
          <legend className="field-label">{t("admin.intoRooms")}</legend>
          {rooms.map(({ c, name }) => (
            <label key={c} className="pick">
              <input type="checkbox" checked={picked.has(c)} onChange={() => toggle(c)} />
              <bdi>{name}</bdi>
            </label>
          ))}
        </fieldset>
      )}
      <FormError text={problem} />
      <div className="part-buttons">
        <Button look="main" icon="link" busy={busy} onClick={() => void create()}>{t("admin.createLink")}</Button>
      </div>
      {made && (
        <HandOver
          link={{ url: made.url }}
          text={t("admin.linkFor", { n: made.uses, time: exactTime(made.expiresAt) })}
        />
      )}
    </Part>
  );
}
