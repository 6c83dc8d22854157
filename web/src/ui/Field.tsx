import type { InputHTMLAttributes } from "react";
import { useId, useState } from "react";
import { t } from "../i18n/translate";
import { IconButton } from "./Button";
import "./Field.css";

interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value" | "id"> {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** One line under the box about what is expected. */
  readonly hint?: string;
}

/** A labelled box for one line of text. A password can be looked at. */
export function Field({ label, value, onValue, hint, type = "text", ...rest }: FieldProps) {
  const id = useId();
  const [seen, setSeen] = useState(false);
  const password = type === "password";
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="field-box">
        <input
          {...rest}
          id={id}
          type={password && seen ? "text" : type}
          value={value}
          aria-describedby={hint ? `${id}-hint` : undefined}
          onChange={(event) => onValue(event.target.value)}
        />
        {password && (
          <IconButton
            icon={seen ? "eyeOff" : "eye"}
            label={t(seen ? "app.hidePassword" : "app.showPassword")}
            onClick={() => setSeen(!seen)}
          />
        )}
      </div>
      {hint && <p className="field-hint" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}
