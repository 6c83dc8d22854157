import { useChatState } from "../app/session";
import { t } from "../i18n/translate";
import type { Typist } from "../conversations/TypingBoard";
import "./TypingLine.css";

const nobody: readonly Typist[] = [];

/** One line that is always there, so that nothing moves when somebody begins to type. */
export function TypingLine({ c }: { c: string }) {
  const typists = useChatState((state) => state.typing.get(c) ?? nobody);
  const text = textOf(typists.map(({ name }) => name));
  return (
    <p className="typing-line" role="status">
      {text && (
        <>
          <span className="typing-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {text}
        </>
      )}
    </p>
  );
}

function textOf([first, second, ...more]: readonly string[]): string {
  if (first === undefined) return "";
  if (second === undefined) return t("typing.one", { name: first });
  return more.length === 0 ? t("typing.two", { name: first, other: second }) : t("typing.many");
}
