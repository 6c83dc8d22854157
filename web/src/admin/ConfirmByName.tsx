import type { FormEvent } from "react";
import { useState } from "react";
import { rich, t } from "../i18n/translate";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";

interface ConfirmByNameProps {
  readonly name: string;
  readonly text: string;
  readonly action: string;
  readonly busy: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** For what cannot be taken back, or hurts: the name has to be typed. */
export function ConfirmByName({ name, text, action, busy, onConfirm, onCancel }: ConfirmByNameProps) {
  const [typed, setTyped] = useState("");
  const right = typed.trim().toLowerCase() === name.toLowerCase();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (right && !busy) onConfirm();
  }

  return (
    <form className="confirm-name" aria-label={action} onSubmit={submit}>
      <p>{text}</p>
      <p className="field-hint">{rich("admin.typeName", { name: <strong>{name}</strong> })}</p>
      <Field
        label={t("admin.name")}
        autoFocus
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={typed}
        onValue={setTyped}
      />
      <div className="part-buttons">
        <Button type="submit" look="danger" busy={busy} aria-disabled={!right}>{action}</Button>
        <Button onClick={onCancel}>{t("app.cancel")}</Button>
      </div>
    </form>
  );
}
