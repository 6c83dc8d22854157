import type { ReactNode } from "react";
import { Logo } from "../ui/Logo";
import "./AuthCard.css";

interface AuthCardProps {
  readonly title: string;
  readonly text?: ReactNode;
  readonly children: ReactNode;
  /** One line under the card. */
  readonly below?: ReactNode;
}

/** The frame of every screen that comes before the conversations. */
export function AuthCard({ title, text, children, below }: AuthCardProps) {
  return (
    <main className="auth scroll">
      <div className="auth-inner">
        <Logo size={52} />
        <h1>{title}</h1>
        {text && <p className="auth-text">{text}</p>}
        <div className="auth-card">{children}</div>
        {below && <p className="auth-below">{below}</p>}
      </div>
    </main>
  );
}
