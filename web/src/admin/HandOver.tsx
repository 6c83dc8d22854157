import { t } from "../i18n/translate";
import { CopyBox } from "../ui/CopyBox";
import { QrCode } from "../ui/QrCode";
import { exactTime } from "../ui/time";
import type { Link } from "./adminApi";

/** A link that opens an account to whoever has it: to copy, or to scan from the screen. */
export function HandOver({ link, text }: { link: Link; text: string }) {
  const address = new URL(link.url, location.origin).href;
  return (
    <div className="hand-over" role="status">
      <p>{text}</p>
      <QrCode text={address} label={t("admin.qr")} />
      <CopyBox label={t("admin.linkLabel")} value={address} />
      {link.expiresAt !== undefined && (
        <p className="field-hint">{t("admin.until", { time: exactTime(link.expiresAt) })}</p>
      )}
    </div>
  );
}
