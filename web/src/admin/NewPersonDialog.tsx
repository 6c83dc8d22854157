import type { FormEvent } from "react";
import { useState } from "react";
import { t } from "../i18n/translate";
import { suggestedUsername } from "../session/account";
import { useWork } from "../settings/useWork";
import { Button } from "../ui/Button";
import { Choice } from "../ui/Choice";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { FormError } from "../ui/FormError";
import type { Link } from "./adminApi";
import { adminApi } from "./adminApi";
import { HandOver } from "./HandOver";

/** An account made for somebody, who chooses the password at the end of the link. */
export function NewPersonDialog({ onCreated, onClose }: { onCreated: () => void; onClose: () => void }) {
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string>();
  const [role, setRole] = useState<"member" | "admin">("member");
  const [link, setLink] = useState<Link>();
  const { busy, problem, setProblem, run } = useWork();
  const username = chosen ?? suggestedUsername(name);

  async function create(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === "") {
      setProblem(t("account.badName"));
      return;
    }
    const account = { name: name.trim(), username: username.trim().toLowerCase(), role };
    if (await run(async () => setLink(await adminApi.createPerson(account)))) onCreated();
  }

  if (link) {
    return (
      <Dialog title={name} onClose={onClose} footer={<Button look="main" onClick={onClose}>{t("app.done")}</Button>}>
        <HandOver link={link} text={t("people.newLink", { name })} />
      </Dialog>
    );
  }
  return (
    <Dialog
      title={t("people.new")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("app.cancel")}</Button>
          <Button type="submit" form="new-person" look="main" busy={busy}>{t("account.create")}</Button>
        </>
      }
    >
      <form id="new-person" className="form" onSubmit={(event) => void create(event)} noValidate>
        <Field label={t("room.name")} autoFocus autoComplete="off" maxLength={64} value={name} onValue={setName} />
        <Field
          label={t("account.username")}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={32}
          value={username}
          onValue={setChosen}
        />
        <Choice
          legend={t("people.role")}
          value={role}
          onValue={setRole}
          options={[{ value: "member", label: t("people.member") }, { value: "admin", label: t("people.admin") }]}
        />
        <FormError text={problem} />
      </form>
    </Dialog>
  );
}
