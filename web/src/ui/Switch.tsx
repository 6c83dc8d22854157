import { useId } from "react";
import "./Switch.css";

interface SwitchProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: boolean;
  readonly onValue: (value: boolean) => void;
  readonly disabled?: boolean;
}

/** On or off, at once. */
export function Switch({ label, hint, value, onValue, disabled = false }: SwitchProps) {
  const id = useId();
  return (
    <div className="switch-row">
      <div>
        <label htmlFor={id}>{label}</label>
        {hint && <p id={`${id}-hint`} className="field-hint">{hint}</p>}
      </div>
      <input
        id={id}
        type="checkbox"
        role="switch"
        className="switch"
        checked={value}
        aria-checked={value}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onValue(event.target.checked)}
      />
    </div>
  );
}
