import { useChat, useSession } from "../app/session";
import { route } from "../app/route";
import { Icon } from "../ui/Icon";

/** Under a message that the server refused for good: why, and what can be done. */
export function FailedNote({ cid, body, problem }: { cid: string; body: string; problem: string }) {
  const chat = useChat();
  const { drafts } = useSession();
  const edit = () => {
    const where = route.get();
    if (where.kind !== "conversation") return;
    const begun = drafts.get(where.c);
    drafts.set(where.c, begun === "" ? body : `${body}\n${begun}`);
    chat.discard(cid);
  };
  return (
    <div className="failed" role="group" aria-label="Message not sent">
      <p>
        <Icon name="warning" size={15} /> <strong>Not sent.</strong> {problem}
      </p>
      <p className="failed-actions">
        <button type="button" onClick={() => chat.retry(cid)}>Retry</button>
        <button type="button" onClick={edit}>Edit</button>
        <button type="button" onClick={() => chat.discard(cid)}>Discard</button>
      </p>
    </div>
  );
}
