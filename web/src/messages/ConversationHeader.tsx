import { goBack } from "../app/route";
import type { Conv } from "../socket/wire";
import { Avatar } from "../ui/Avatar";
import { IconButton } from "../ui/Button";

interface ConversationHeaderProps {
  readonly conv: Conv;
  /** Opens the room's details; a direct conversation has none. */
  readonly onDetails: (() => void) | undefined;
}

export function ConversationHeader({ conv, onDetails }: ConversationHeaderProps) {
  const room = onDetails !== undefined;
  return (
    <header className="conv-head">
      <IconButton icon="back" label="Back to conversations" className="back" onClick={goBack} />
      <Avatar id={conv.peer?.u ?? conv.c} name={conv.name} room={room} />
      <div className="conv-head-text">
        <h1>
          <bdi>{conv.name}</bdi>
        </h1>
        <p>{detailOf(conv)}</p>
      </div>
      {onDetails && <IconButton icon="people" label="Room details" onClick={onDetails} />}
    </header>
  );
}

function detailOf(conv: Conv): string {
  if (conv.kind === "self") return "Only you can read this";
  if (conv.kind === "direct") return conv.peer ? `@${conv.peer.username}` : "";
  const members = conv.members === 1 ? "1 member" : `${conv.members} members`;
  return conv.topic ? `${members} · ${conv.topic}` : members;
}
