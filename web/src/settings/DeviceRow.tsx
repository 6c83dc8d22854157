import { t } from "../i18n/translate";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { agoText, exactTime } from "../ui/time";
import type { Device } from "./accountApi";

/** One session: on what, from where, when last. */
export function DeviceRow({ device, busy, onEnd }: { device: Device; busy: boolean; onEnd: () => void }) {
  const { current, created, seen, ip } = device;
  const name = device.label || device.device || t("devices.unknown");
  return (
    <div className="row-line">
      <span className="row-icon">
        <Icon name="devices" />
      </span>
      <div className="row-text">
        <p className="row-title">
          <bdi>{name}</bdi>
          {current && <span className="tag tag-good">{t("devices.current")}</span>}
        </p>
        <p className="row-detail">
          {ip && <span>{ip}</span>}
          {!current && (
            <time dateTime={new Date(seen).toISOString()} title={exactTime(seen)}>
              {t("devices.seen", { time: agoText(seen) })}
            </time>
          )}
          <span title={exactTime(created)}>{t("devices.since", { time: agoText(created) })}</span>
        </p>
      </div>
      {!current && (
        <Button look="danger" busy={busy} aria-label={t("devices.endNamed", { name })} onClick={onEnd}>
          {t("devices.end")}
        </Button>
      )}
    </div>
  );
}
