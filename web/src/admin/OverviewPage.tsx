import { useEffect } from "react";
import { formatNumber, t } from "../i18n/translate";
import { useAnswer } from "../settings/useAnswer";
import { Part } from "../ui/Desk";
import { Waiting } from "../ui/Waiting";
import type { Health } from "./adminApi";
import { adminApi } from "./adminApi";
import { bytesText } from "../ui/bytes";

const repeat = 10_000;

/** How the server is. The figures follow while the page is looked at. */
export function OverviewPage() {
  const answer = useAnswer(adminApi.health);
  const { reload } = answer;
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === "visible" && reload(), repeat);
    return () => clearInterval(timer);
  }, [reload]);
  return <Waiting answer={answer}>{(health) => <Figures health={health} />}</Waiting>;
}

function Figures({ health }: { health: Health }) {
  const number = formatNumber;
  return (
    <>
      <Part title={t("overview.now")}>
        <dl className="figures">
          <Figure label={t("overview.online")} value={number(health.online)} />
          <Figure label={t("overview.sockets")} value={number(health.sockets)} />
          {health.ackP99 !== undefined && (
            <Figure
              label={t("overview.ack")}
              value={t("overview.milliseconds", { ms: Math.round(health.ackP99 * 10) / 10 })}
            />
          )}
          <Figure label={t("overview.queue")} value={number(health.writeQueue)} />
        </dl>
      </Part>
      <Part title={t("overview.holds")}>
        <dl className="figures">
          <Figure label={t("overview.people")} value={number(health.people)} />
          <Figure label={t("overview.rooms")} value={number(health.rooms)} />
          <Figure label={t("overview.messages")} value={number(health.messages)} />
          <Figure label={t("overview.db")} value={bytesText(health.dbBytes)} />
          {health.filesBytes !== undefined && (
            <Figure label={t("overview.files")} value={bytesText(health.filesBytes)} />
          )}
        </dl>
      </Part>
      <Part title={t("overview.server")}>
        <dl className="figures">
          <Figure label={t("overview.version")} value={health.version} />
          <Figure label={t("overview.uptime")} value={uptimeText(health.uptime)} />
          <Figure label={t("overview.memory")} value={bytesText(health.rss)} />
        </dl>
      </Part>
    </>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** The largest unit that is at least one, from milliseconds. */
function uptimeText(uptime: number): string {
  const minutes = Math.floor(uptime / 60_000);
  if (minutes < 60) return t("error.minutes", { n: minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? t("overview.hours", { n: hours }) : t("admin.days", { n: Math.floor(hours / 24) });
}
