import { Button } from "../ui/Button";
import { Logo } from "../ui/Logo";
import "./EmptyPane.css";

/** The right side while no conversation is open, or while the one in the address is being fetched. */
export function EmptyPane({ waiting, onNew }: { waiting: boolean; onNew: () => void }) {
  return (
    <main className="pane empty-pane" aria-busy={waiting}>
      {!waiting && (
        <div className="empty-pane-inner">
          <Logo size={56} />
          <h2>Pick up a conversation</h2>
          <p>Choose one on the left, or begin a new one.</p>
          <Button look="plain" icon="compose" onClick={onNew}>New conversation</Button>
        </div>
      )}
    </main>
  );
}
