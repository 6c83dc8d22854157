import { useStore } from "./Store";
import { toasts } from "./toast";
import "./Toasts.css";

export function Toasts() {
  const list = useStore(toasts, (all) => all);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {list.map(({ id, text }) => <p key={id} className="toast">{text}</p>)}
    </div>
  );
}
