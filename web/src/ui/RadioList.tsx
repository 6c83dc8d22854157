import { useId } from "react";
import "./RadioList.css";

interface RadioListProps<T extends string> {
  readonly legend: string;
  readonly value: T;
  readonly onValue: (value: T) => void;
  readonly options: readonly {
    readonly value: T;
    readonly label: string;
    readonly detail?: string;
    readonly lang?: string;
  }[];
}

/** One of several, each on its own line. */
export function RadioList<T extends string>({ legend, value, onValue, options }: RadioListProps<T>) {
  const name = useId();
  return (
    <fieldset className="radio-list">
      <legend className="unseen">{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className="radio-line" lang={option.lang}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => onValue(option.value)} />
          <span>
            {option.label}
            {option.detail && <span className="field-hint">{option.detail}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
