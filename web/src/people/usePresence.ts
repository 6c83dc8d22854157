import { useEffect } from "react";
import { useSession } from "../app/session";
import { t } from "../i18n/translate";
import { useStore } from "../ui/Store";
import { agoText } from "../ui/time";
import type { Seen } from "./Presence";

/** Whether somebody is there, for as long as the component shows it. */
export function usePresence(u: string | undefined): Seen | undefined {
  const { presence } = useSession().session;
  useEffect(() => (u === undefined ? undefined : presence.need(u)), [presence, u]);
  return useStore(presence.store, (all) => (u === undefined ? undefined : all.get(u)));
}

/** "Online", "Away", "last seen 3 hours ago"; empty when nothing is known. */
export function presenceText(seen: Seen | undefined): string {
  if (!seen) return "";
  if (seen.state === "on") return t("presence.on");
  if (seen.state === "idle") return t("presence.idle");
  return seen.lastSeen === null ? t("presence.off") : t("presence.seen", { time: agoText(seen.lastSeen) });
}
