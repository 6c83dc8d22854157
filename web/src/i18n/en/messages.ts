/** Texts of the message list and the composer. */
export const messages = {
  "messages.you": "You",
} as const;
