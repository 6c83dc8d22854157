import { useState } from "react";
import { t } from "../i18n/translate";
import { Button } from "../ui/Button";
import { copyText } from "../ui/copyText";
import { Part } from "../ui/Desk";

/** Ten codes that are shown this once: on paper, in a file, on the clipboard. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const [copied, setCopied] = useState(false);
  const text = `${codes.join("\n")}\n`;

  function download() {
    const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = "parley-recovery-codes.txt";
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000); // the browser has read it by then
  }

  return (
    <Part title={t("recovery.title")} text={t("recovery.text")}>
      <ol className="recovery" aria-label={t("recovery.title")}>
        {codes.map((code) => <li key={code}>{code}</li>)}
      </ol>
      <div className="part-buttons">
        <Button icon={copied ? "check" : "copy"} onClick={() => void copyText(text, null).then(setCopied)}>
          {t(copied ? "app.copied" : "app.copy")}
        </Button>
        <Button icon="download" onClick={download}>{t("recovery.download")}</Button>
        <Button look="main" onClick={onDone}>{t("recovery.done")}</Button>
      </div>
    </Part>
  );
}
