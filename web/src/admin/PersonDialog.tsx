import { useState } from "react";
import { useChatState } from "../app/session";
import { t } from "../i18n/translate";
import { useWork } from "../settings/useWork";
import { ConfirmByName } from "../ui/ConfirmByName";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { FormError } from "../ui/FormError";
import type { IconName } from "../ui/Icon";
import { Icon } from "../ui/Icon";
import { exactTime } from "../ui/time";
import { toast } from "../ui/toast";
import type { Link, Person, PersonChange } from "./adminApi";
import { adminApi } from "./adminApi";
import { HandOver } from "./HandOver";
import { PersonDevices } from "./PersonDevices";
import { PersonTags } from "./PeoplePage";

type Step = "look" | "ban" | "deactivate" | "devices" | { readonly link: Link };

interface PersonDialogProps {
  readonly person: Person;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

/** Everything that can be done with one account. What shuts somebody out asks for their name. */
export function PersonDialog({ person, onChanged, onClose }: PersonDialogProps) {
  const me = useChatState((state) => state.me.u);
  const [step, setStep] = useState<Step>("look");
  const { busy, problem, run } = useWork();
  const { u, name, username, avatar, role, state, totp, created } = person;
  const mine = u === me;

  const change = async (wanted: PersonChange) => {
    if (!await run(async () => void await adminApi.changePerson(u, wanted))) return;
    toast(t("app.saved"));
    setStep("look");
    onChanged();
  };
  const handOver = () => run(async () => setStep({ link: await adminApi.resetLink(u) }));
  const endTotp = async () => {
    if (await run(async () => void await adminApi.endTotp(u))) onChanged();
  };

  return (
    <Dialog title={name} onClose={onClose}>
      <div className="person-head">
        <Avatar id={u} name={name} image={avatar} size="l" />
        <div>
          <p>@{username}</p>
          <PersonTags person={person} />
          <p className="field-hint">{t("people.since", { time: exactTime(created) })}</p>
        </div>
      </div>
      <FormError text={problem} />
      {step === "look" && (
        <ul className="actions">
          <Action
            icon="key"
            title={t("people.reset")}
            detail={t("people.resetText")}
            busy={busy}
            onPick={() => void handOver()}
          />
          <Action
            icon="devices"
            title={t("people.devices")}
            detail={t("people.devicesText")}
            busy={busy}
            onPick={() => setStep("devices")}
          />
          {totp && (
            <Action
              icon="shield"
              title={t("people.totpOff")}
              detail={t("people.totpOffText")}
              busy={busy}
              onPick={() => void endTotp()}
            />
          )}
          {!mine && !state && (
            <Action
              icon="gauge"
              title={t(role === "admin" ? "people.demote" : "people.promote")}
              detail={t(role === "admin" ? "people.demoteText" : "people.promoteText")}
              busy={busy}
              onPick={() => void change({ role: role === "admin" ? "member" : "admin" })}
            />
          )}
          {state && (
            <Action
              icon="check"
              title={t("people.activate")}
              detail={t("people.activateText")}
              busy={busy}
              onPick={() => void change({ state: "active" })}
            />
          )}
          {!mine && state !== "deactivated" && (
            <Action
              icon="hide"
              danger
              title={t("people.deactivate")}
              detail={t("people.deactivateText")}
              busy={busy}
              onPick={() => setStep("deactivate")}
            />
          )}
          {!mine && state !== "banned" && (
            <Action
              icon="ban"
              danger
              title={t("people.ban")}
              detail={t("people.banText")}
              busy={busy}
              onPick={() => setStep("ban")}
            />
          )}
        </ul>
      )}
      {step === "devices" && <PersonDevices u={u} onBack={() => setStep("look")} />}
      {step === "deactivate" && (
        <ConfirmByName
          name={username}
          text={t("people.deactivateSure", { name })}
          action={t("people.deactivate")}
          busy={busy}
          onConfirm={() => void change({ state: "deactivated" })}
          onCancel={() => setStep("look")}
        />
      )}
      {step === "ban" && (
        <ConfirmByName
          name={username}
          text={t("people.banSure", { name })}
          action={t("people.ban")}
          option={t("people.removeContent")}
          busy={busy}
          onConfirm={(removeContent) =>
            void change(removeContent ? { state: "banned", removeContent } : { state: "banned" })}
          onCancel={() => setStep("look")}
        />
      )}
      {typeof step === "object" && (
        <>
          <HandOver link={step.link} text={t("people.linkText", { name })} />
          <div className="part-buttons">
            <Button onClick={() => setStep("look")}>{t("app.back")}</Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

interface ActionProps {
  readonly icon: IconName;
  readonly title: string;
  readonly detail: string;
  readonly danger?: boolean;
  readonly busy: boolean;
  readonly onPick: () => void;
}

export function Action({ icon, title, detail, danger = false, busy, onPick }: ActionProps) {
  return (
    <li>
      <button
        type="button"
        className={danger ? "list-row action desk-danger" : "list-row action"}
        aria-busy={busy}
        onClick={busy ? undefined : onPick}
      >
        <Icon name={icon} />
        <span>
          {title}
          <span className="action-detail">{detail}</span>
        </span>
      </button>
    </li>
  );
}
