import type { FormEvent } from "react";
import { useState } from "react";
import { t } from "../i18n/translate";
import { suggestedUsername } from "../session/account";
import { useWork } from "../settings/useWork";
import { Button } from "../ui/Button";
import { CopyBox } from "../ui/CopyBox";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { FormError } from "../ui/FormError";
import { adminApi } from "./adminApi";

/** An account for a program; its token is shown here and never again. */
export function NewBotDialog({ onCreated, onClose }: { onCreated: () => void; onClose: () => void }) {
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string>();
  const [token, setToken] = useState<string>();
  const { busy, problem, setProblem, run } = useWork();
  const username = chosen ?? suggestedUsername(name);

  async function create(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === "") {
      setProblem(t("account.badName"));
      return;
    }
    const account = { name: name.trim(), username: username.trim().toLowerCase() };
    if (await run(async () => setToken((await adminApi.createBot(account)).token))) onCreated();
  }

  if (token) {
    return (
      <Dialog title={name} onClose={onClose} footer={<Button look="main" onClick={onClose}>{t("app.done")}</Button>}>
        <div className="hand-over" role="status">
          <p>{t("bots.once")}</p>
          <CopyBox label={t("bots.token")} value={token} />
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={t("bots.new")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("app.cancel")}</Button>
          <Button type="submit" form="new-bot" look="main" busy={busy}>{t("bots.create")}</Button>
        </>
      }
    >
      <form id="new-bot" className="form" onSubmit={(event) => void create(event)} noValidate>
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
        <FormError text={problem} />
      </form>
    </Dialog>
  );
}
