import type { ReactNode } from "react";
import type { Seen } from "./Presence";
import "./PresenceDot.css";

/** A face with a dot at its edge: full for there, hollow for away. Its words are said elsewhere. */
export function WithPresence({ seen, children }: { seen: Seen | undefined; children: ReactNode }) {
  return (
    <span className="with-presence">
      {children}
      {seen && seen.state !== "off" && <i className={`presence presence-${seen.state}`} aria-hidden="true" />}
    </span>
  );
}
