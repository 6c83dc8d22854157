/* oxlint-disable react/no-array-index-key -- the parts of a text have no other identity than their order */
import { useEffect, useState } from "react";
import { t } from "../i18n/translate";
import { copy } from "../ui/copy";
import { Icon } from "../ui/Icon";
import type { Piece } from "./highlight";

/** A program. Its colours come a moment later: the highlighter is loaded with the first one that is seen. */
export function CodeBlock({ text, language }: { text: string; language: string }) {
  const pieces = useHighlight(text, language);
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <div className="code" dir="ltr">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that it can be scrolled with the keyboard */}
      <pre tabIndex={0} role="region" aria-label={language ? t("msg.codeIn", { language }) : t("msg.code")}><code>{
        pieces.map(({ kind, text: piece }, i) => kind === "" ? piece : <span key={i} className={`code-${kind}`}>{piece}</span>)
      }</code></pre>
      <button
        type="button"
        className="code-copy"
        aria-label={t("msg.copyCode")}
        title={t("msg.copyCode")}
        onClick={async () => setCopied(await copy(text))}
      >
        <Icon name={copied ? "check" : "copy"} size={16} />
      </button>
    </div>
  );
}

function useHighlight(text: string, language: string): readonly Piece[] {
  const [done, setDone] = useState<{ text: string; pieces: readonly Piece[] }>();
  useEffect(() => {
    if (language === "") return undefined;
    let wanted = true;
    const colour = async () => {
      const { highlight } = await import("./highlight");
      if (wanted) setDone({ text, pieces: highlight(text, language) });
    };
    colour().catch(() => undefined); // without colours it can be read as well
    return () => {
      wanted = false;
    };
  }, [text, language]);
  return done?.text === text ? done.pieces : [{ kind: "", text }];
}
