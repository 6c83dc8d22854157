/** What the person is in the middle of typing and what could be offered for it. */
export interface Trigger {
  readonly kind: "mention" | "emoji";
  /** Without the sign before it. */
  readonly typed: string;
  /** Where the sign stands. */
  readonly start: number;
}

const mention = /(?:^|[\s([{>*_~])@([a-z0-9][a-z0-9._-]{0,31})?$/i;
const emoji = /(?:^|[\s([{>*_~]):([a-z0-9_+-]{2,32})$/i;

/** Looks at the text before the caret. */
export function triggerAt(text: string, caret: number): Trigger | undefined {
  const before = text.slice(Math.max(0, caret - 40), caret);
  const isMention = mention.exec(before);
  if (isMention) return made("mention", isMention[1] ?? "", caret);
  const isEmoji = emoji.exec(before);
  return isEmoji ? made("emoji", isEmoji[1] ?? "", caret) : undefined;
}

function made(kind: Trigger["kind"], typed: string, caret: number): Trigger {
  return { kind, typed, start: caret - typed.length - 1 };
}

/** The text with what was chosen in place of what was typed, and where the caret is then. */
export function completed(
  text: string,
  caret: number,
  trigger: Trigger,
  chosen: string,
): { text: string; caret: number } {
  const after = text.slice(caret);
  const word = after.startsWith(" ") ? chosen : `${chosen} `;
  const head = text.slice(0, trigger.start) + word;
  return { text: head + after, caret: head.length + (after.startsWith(" ") ? 1 : 0) };
}

/** Puts a pair of markers around what is selected, or takes them away when they are there. */
export function wrapped(
  text: string,
  from: number,
  to: number,
  marker: string,
): { text: string; from: number; to: number } {
  const inner = text.slice(from, to);
  const n = marker.length;
  if (text.slice(from - n, from) === marker && text.slice(to, to + n) === marker) {
    return { text: text.slice(0, from - n) + inner + text.slice(to + n), from: from - n, to: to - n };
  }
  return { text: text.slice(0, from) + marker + inner + marker + text.slice(to), from: from + n, to: to + n };
}
