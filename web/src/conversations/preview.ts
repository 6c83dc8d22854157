import { plainText } from "../markdown/plainText";
import { t } from "../i18n/translate";
import type { Conv, LastMessage } from "../socket/wire";

export interface PreviewLine {
  readonly kind: "draft" | "typing" | "message" | "empty";
  readonly lead: string | undefined;
  readonly text: string;
}

const longest = 120;

/** The second line of a conversation in the list: a draft before the typing before the last message. */
export function linesOf(conv: Conv, me: string, draft: string, typing: boolean): PreviewLine {
  if (draft !== "") return { kind: "draft", lead: t("list.draft"), text: oneLine(draft) };
  if (typing) return { kind: "typing", lead: undefined, text: t("list.typing") };
  const { last } = conv;
  if (!last) return { kind: "empty", lead: undefined, text: conv.topic || t("list.empty") };
  return {
    kind: "message",
    lead: leadOf(conv, last, me),
    text: last.kind === "system" ? oneLine(last.body) : plainText(last.body).slice(0, longest),
  };
}

function leadOf(conv: Conv, last: LastMessage, me: string): string | undefined {
  if (conv.kind === "self" || last.kind === "system") return undefined;
  if (last.from === me) return t("list.you");
  return conv.kind === "direct" ? undefined : `${last.name.split(" ")[0]}: `;
}

function oneLine(text: string): string {
  return text.slice(0, longest * 2).replace(/\s+/g, " ").trim().slice(0, longest);
}
