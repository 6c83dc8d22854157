import type { FormEvent } from "react";
import { useId, useState } from "react";
import { rich, t } from "../i18n/translate";
import { Button } from "./Button";
import "./ConfirmByName.css";
import { Field } from "./Field";

interface ConfirmByNameProps {
  readonly name: string;
  readonly text: string;
  readonly action: string;
  /** One thing more that can be chosen along with it. */
  readonly option?: string;
  readonly busy: boolean;
  readonly onConfirm: (option: boolean) => void;
  readonly onCancel: () => void;
}

/** For what cannot be taken back, or hurts: the name has to be typed. */
export function ConfirmByName({ name, text, action, option, busy, onConfirm, onCancel }: ConfirmByNameProps) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(false);
  const right = typed.trim().toLowerCase() === name.toLowerCase();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (right && !busy) onConfirm(chosen);
  }

  return (
    <form className="confirm-name" aria-label={action} onSubmit={submit}>
      <p>{text}</p>
      {option && (
        <label className="check-line" htmlFor={id}>
          <input id={id} type="checkbox" checked={chosen} onChange={(event) => setChosen(event.target.checked)} />
          <span>{option}</span>
        </label>
      )}
      <p className="field-hint">{rich("confirm.typeName", { name: <strong>{name}</strong> })}</p>
      <Field
        label={t("confirm.name")}
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
