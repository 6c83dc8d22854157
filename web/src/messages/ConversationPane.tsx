import { useEffect, useRef, useState } from "react";
import { conversationPath, replaceWith, route } from "../app/route";
import { useChatState } from "../app/session";
import { Composer } from "../composer/Composer";
import { DropArea } from "../composer/DropArea";
import { TypingLine } from "../composer/TypingLine";
import type { Conv } from "../socket/wire";
import { useStore } from "../ui/Store";
import { MessageActionsContext } from "./actions";
import { ConversationHeader } from "./ConversationHeader";
import type { JumpWish } from "./MessageList";
import { MessageList } from "./MessageList";
import { PinnedBar } from "./PinnedBar";
import { PinsPanel } from "./PinsPanel";
import { ThreadPanel } from "./ThreadPanel";
import { useConversationActions } from "./useConversationActions";
import { usePins } from "./usePins";
import "./ConversationPane.css";

/** What stands beside the messages, over them on a narrow screen. */
export type SidePanel = { readonly kind: "pins" } | { readonly kind: "thread"; readonly seq: number };

/** The right pane: one conversation. */
export function ConversationPane({ conv }: { conv: Conv }) {
  const window = useChatState((state) => state.windows.get(conv.c));
  const [sends, setSends] = useState(0);
  const [panel, setPanel] = useState<SidePanel>();
  const [wish, setWish] = useState<JumpWish>();
  const pane = useRef<HTMLElement>(null);
  const pins = usePins(conv.c);
  const jump = (seq: number) => {
    setWish({ seq });
    if (globalThis.innerWidth < 1_100) setPanel(undefined);
  };
  const { actions, dialogs } = useConversationActions(conv, jump, setPanel);
  useAddressedMessage(conv.c, setWish);
  return (
    <MessageActionsContext.Provider value={actions}>
      <section ref={pane} className="pane" aria-label={conv.name}>
        <ConversationHeader conv={conv} />
        <PinnedBar pins={pins} onPanel={() => setPanel(panel?.kind === "pins" ? undefined : { kind: "pins" })} />
        <div className="pane-body">
          <div className="pane-talk">
            {window
              ? <MessageList conv={conv} window={window} sends={sends} wish={wish} />
              : <div className="messages-loading" aria-busy="true" />}
            <TypingLine c={conv.c} />
            <Composer conv={conv} onSent={() => setSends(sends + 1)} />
          </div>
          {panel?.kind === "pins" && <PinsPanel pins={pins} conv={conv} onClose={() => setPanel(undefined)} />}
          {panel?.kind === "thread" && (
            <ThreadPanel
              key={panel.seq}
              conv={conv}
              seq={panel.seq}
              onClose={() => setPanel(undefined)}
            />
          )}
        </div>
        <DropArea c={conv.c} pane={pane} />
        {dialogs}
      </section>
    </MessageActionsContext.Provider>
  );
}

/** A link to a message leads to it once; afterwards the address is the conversation's. */
function useAddressedMessage(c: string, wish: (wish: JumpWish) => void): void {
  const where = useStore(route, (now) => now);
  const loaded = useChatState((state) => state.windows.has(c));
  const seq = where.kind === "conversation" && where.c === c ? where.seq : undefined;
  useEffect(() => {
    if (seq === undefined || !loaded) return;
    wish({ seq });
    replaceWith(conversationPath(c));
  }, [c, seq, loaded, wish]);
}
