import { Icon } from "./Icon";
import "./SearchField.css";

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly onEnter?: () => void;
  readonly autoFocus?: boolean;
}

export function SearchField({ label, value, onValue, onEnter, autoFocus = true }: SearchFieldProps) {
  return (
    <div className="search-field">
      <Icon name="search" size={18} />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        maxLength={64}
        spellCheck={false}
        autoFocus={autoFocus}
        value={value}
        onChange={(event) => onValue(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          onEnter?.();
        }}
      />
    </div>
  );
}
