import { isQuiet } from "../conversations/sections";
import type { Conv, Msg } from "../socket/wire";

/** What the person is doing right now. */
export interface Gaze {
  /** The conversation in front of their eyes, in a window that has the focus. */
  readonly c: string | undefined;
}

/** Whether a message that has just come calls for the person's attention. */
export function calls(msg: Msg, conv: Conv, me: string, gaze: Gaze, now: number): boolean {
  if (msg.from === me || msg.kind !== "text" || msg.del === true || gaze.c === msg.c) return false;
  if (msg.seq <= conv.read) return false; // read on another device already
  const toMe = msg.all === true || (msg.mentions ?? []).includes(me);
  if (conv.notify === "none") return false;
  if (isQuiet(conv, now) || conv.notify === "mentions") return toMe;
  return true;
}
