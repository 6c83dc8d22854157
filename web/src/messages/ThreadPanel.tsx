import { useEffect, useState } from "react";
import { useChatState, useConnection } from "../app/session";
import { t } from "../i18n/translate";
import type { Conv, Msg } from "../socket/wire";
import { Button } from "../ui/Button";
import { useMessageActions } from "./actions";
import { at, holds } from "./historyWindow";
import { MessageCard } from "./MessageCard";
import { SidePanel } from "./SidePanel";

interface ThreadPanelProps {
  readonly conv: Conv;
  readonly seq: number;
  readonly onClose: () => void;
}

interface Thread {
  readonly root: Msg;
  readonly msgs: readonly Msg[];
  readonly first: boolean;
}

/** A message and everything that answers it. */
export function ThreadPanel({ conv, seq, onClose }: ThreadPanelProps) {
  const { thread, failed, older } = useThread(conv.c, seq);
  const actions = useMessageActions();
  const foot = thread && !thread.root.del && !conv.archived && (
    <Button
      look="plain"
      icon="reply"
      wide
      onClick={() => actions.reply(thread.root)}
    >
      {t("msg.reply")}
    </Button>
  );
  return (
    <SidePanel title={t("msg.thread")} onClose={onClose} footer={foot}>
      {failed && <p className="list-none">{t("error.unknown")}</p>}
      {thread && (
        <>
          <div className="thread-root">
            <MessageCard msg={thread.root}>
              <button type="button" onClick={() => actions.jump(thread.root.seq)}>{t("msg.show")}</button>
            </MessageCard>
          </div>
          <p className="thread-count">
            {t("msg.replies", { n: Math.max(thread.root.replies ?? 0, thread.msgs.length) })}
          </p>
          {!thread.first && <Button look="quiet" onClick={older}>{t("msg.older")}</Button>}
          {thread.msgs.map((msg) => (
            <MessageCard key={msg.seq} msg={msg}>
              <button type="button" onClick={() => actions.jump(msg.seq)}>{t("msg.show")}</button>
            </MessageCard>
          ))}
        </>
      )}
    </SidePanel>
  );
}

/** Asked for again whenever the message gets another reply, or changes. */
function useThread(c: string, seq: number): { thread: Thread | undefined; failed: boolean; older: () => void } {
  const connection = useConnection();
  const [thread, setThread] = useState<Thread>();
  const [failed, setFailed] = useState(false);
  const news = useChatState((state) => {
    const window = state.windows.get(c);
    return window && holds(window, seq) ? at(window, seq)?.rev : undefined;
  });
  useEffect(() => {
    let wanted = true;
    const ask = async () => {
      const answer = await connection.request("thread", { c, seq });
      if (!wanted) return;
      if (answer.ok) setThread(answer);
      setFailed(!answer.ok);
    };
    void ask();
    return () => {
      wanted = false;
    };
  }, [connection, c, seq, news]);

  const older = async () => {
    const before = thread?.msgs[0]?.seq;
    if (before === undefined) return;
    const answer = await connection.request("thread", { c, seq, before });
    if (answer.ok) setThread((now) => now && { ...now, msgs: [...answer.msgs, ...now.msgs], first: answer.first });
  };
  return { thread, failed, older: () => void older() };
}
