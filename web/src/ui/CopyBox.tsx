import { useRef, useState } from "react";
import { t } from "../i18n/translate";
import { Button } from "./Button";
import { copyText } from "./copyText";
import "./CopyBox.css";

/** A text to take along, with a button that puts it on the clipboard. */
export function CopyBox({ label, value }: { label: string; value: string }) {
  const box = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState("");
  const done = copied === value;
  return (
    <div className="copy-box">
      <input ref={box} readOnly aria-label={label} value={value} onFocus={(event) => event.target.select()} />
      <Button
        look="main"
        icon={done ? "check" : "copy"}
        onClick={() => void copyText(value, box.current).then((ok) => ok && setCopied(value))}
      >
        {t(done ? "app.copied" : "app.copy")}
      </Button>
    </div>
  );
}
