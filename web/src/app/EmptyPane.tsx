import { Button } from "../ui/Button";
import { Logo } from "../ui/Logo";
import "./EmptyPane.css";

/** The right side while no conversation is open, or while the one in the address is being fetched. */
export function EmptyPane({ waiting, first, onNew }: { waiting: boolean; first: boolean; onNew: () => void }) {
  return (
    <div className="pane empty-pane" aria-busy={waiting}>
      {!waiting && (
        <div className="empty-pane-inner">
          <Logo size={56} />
          <h2>{first ? "It is quiet here" : "Pick up a conversation"}</h2>
          <p>
            {first
              ? "Your conversations will be here as soon as you begin one."
              : "Choose one on the left, or begin a new one."}
          </p>
          {!first && <Button look="plain" icon="compose" onClick={onNew}>New conversation</Button>}
        </div>
      )}
    </div>
  );
}
