import { useId } from "react";
import "./Choice.css";

interface ChoiceProps<T extends string> {
  readonly legend: string;
  readonly value: T;
  readonly onValue: (value: T) => void;
  readonly options: readonly { readonly value: T; readonly label: string; readonly detail?: string }[];
}

/** One of a few: radio buttons that look like the segments of one control. */
export function Choice<T extends string>({ legend, value, onValue, options }: ChoiceProps<T>) {
  const name = useId();
  const detail = options.find((option) => option.value === value)?.detail;
  return (
    <fieldset className="choice-set">
      <legend className="field-label">{legend}</legend>
      <div className="segments">
        {options.map((option) => (
          <label key={option.value} className="segment">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onValue(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      {detail && <p className="field-hint">{detail}</p>}
    </fieldset>
  );
}
