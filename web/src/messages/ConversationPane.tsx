import { useState } from "react";
import { useChatState } from "../app/session";
import { Composer } from "../composer/Composer";
import { TypingLine } from "../composer/TypingLine";
import { RoomDialog } from "../rooms/RoomDialog";
import type { Conv } from "../socket/wire";
import { ConversationHeader } from "./ConversationHeader";
import { MessageList } from "./MessageList";
import "./ConversationPane.css";

/** The right pane: one conversation. */
export function ConversationPane({ conv }: { conv: Conv }) {
  const window = useChatState((state) => state.windows.get(conv.c));
  const [details, setDetails] = useState(false);
  const [sends, setSends] = useState(0);
  const room = conv.kind === "public" || conv.kind === "private";
  return (
    <section className="pane" aria-label={conv.name}>
      <ConversationHeader conv={conv} onDetails={room ? () => setDetails(true) : undefined} />
      {window
        ? <MessageList conv={conv} window={window} sends={sends} />
        : <div className="messages-loading" aria-busy="true" />}
      <TypingLine c={conv.c} />
      <Composer conv={conv} onSent={() => setSends(sends + 1)} />
      {details && <RoomDialog conv={conv} onClose={() => setDetails(false)} />}
    </section>
  );
}
