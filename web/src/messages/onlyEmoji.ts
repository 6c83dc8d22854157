const emoji = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\s)+$/u;

/** One to three emoji and nothing else: drawn large. */
export function isOnlyEmoji(text: string): boolean {
  if (text.length > 40 || !emoji.test(text)) return false;
  const count = text.replace(/\u200d\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|\s/gu, "").match(
    /\p{Regional_Indicator}{2}|\p{Extended_Pictographic}/gu,
  )?.length ?? 0;
  return count >= 1 && count <= 3;
}
