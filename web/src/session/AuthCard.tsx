import type { ReactNode } from "react";
import { chooseLanguage, language } from "../i18n/language";
import type { Language } from "../i18n/languages";
import { languages } from "../i18n/languages";
import { t } from "../i18n/translate";
import { Logo } from "../ui/Logo";
import { useStore } from "../ui/Store";
import { toast } from "../ui/toast";
import "./AuthCard.css";

interface AuthCardProps {
  readonly title: string;
  readonly text?: ReactNode;
  readonly children?: ReactNode;
  /** Between the text and the card. */
  readonly above?: ReactNode;
  /** One line under the card. */
  readonly below?: ReactNode;
  /** Of the three steps of the first visit. */
  readonly step?: 1 | 2 | 3;
}

/** The frame of every screen that comes before the conversations. */
export function AuthCard({ title, text, children, above, below, step }: AuthCardProps) {
  return (
    <main className="auth scroll">
      <div className="auth-inner">
        <Logo size={52} />
        {step !== undefined && (
          <p className="auth-steps">
            <span className="unseen">{t("setup.step", { step })}</span>
            {[1, 2, 3].map((i) => <i key={i} className={i <= step ? "done" : undefined} aria-hidden="true" />)}
          </p>
        )}
        <h1>{title}</h1>
        {text && <p className="auth-text">{text}</p>}
        {above}
        {children && <div className="auth-card">{children}</div>}
        {below && <p className="auth-below">{below}</p>}
        <LanguageChoice />
      </div>
    </main>
  );
}

function LanguageChoice() {
  const spoken = useStore(language, (now) => now);
  return (
    <select
      className="auth-language"
      aria-label={t("app.language")}
      value={spoken}
      onChange={(event) =>
        void chooseLanguage(event.target.value as Language).catch(() => toast(t("error.unreachable")))}
    >
      {languages.map(({ tag, name }) => <option key={tag} value={tag} lang={tag}>{name}</option>)}
    </select>
  );
}
