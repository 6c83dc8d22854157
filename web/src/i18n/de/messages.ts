import type { Translation } from "../catalogue";
import type { messages as english } from "../en/messages";

export const messages: Translation<typeof english> = {
  "messages.you": "Du",
};
