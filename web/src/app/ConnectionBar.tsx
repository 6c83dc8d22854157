import { useEffect, useRef, useState } from "react";
import { t } from "../i18n/translate";
import type { ConnectionStatus } from "../socket/Connection";
import { Button } from "../ui/Button";
import { useStore } from "../ui/Store";
import { toast } from "../ui/toast";
import { waitingCount } from "./chatState";
import { useChatState, useConnection } from "./session";
import "./ConnectionBar.css";

/** A loss shorter than this is nobody's business. */
const patience = 2_000;

/** A slim line while the connection is lost or messages wait; nothing for the first two seconds. */
export function ConnectionBar() {
  const connection = useConnection();
  const status = useStore(connection.status, (now) => now);
  const waiting = useChatState(waitingCount);
  const lost = status.phase !== "online";
  const lostLong = useLasting(lost, patience);
  const waitingLong = useLasting(waiting > 0, patience);
  const now = useNow(lostLong && status.phase === "waiting");
  useReturnToast(lostLong);

  if (!lostLong && !waitingLong) return null;
  return (
    <div className="connection-bar">
      <p role="status">
        {lostLong && (
          <span>
            {t("connection.lost")}
            <span aria-hidden="true">{countdown(status, now)}</span>
          </span>
        )}
        {waiting > 0 && (
          <span className="connection-waiting">
            {t("connection.waiting", { n: waiting })}
          </span>
        )}
      </p>
      {lostLong && status.phase === "waiting" && (
        <Button
          look="quiet"
          className="connection-retry"
          onClick={() => connection.retryNow()}
        >
          {t("connection.retry")}
        </Button>
      )}
    </div>
  );
}

/** Not read aloud: a number that changes every second is no news. */
function countdown({ phase, retryAt }: ConnectionStatus, now: number): string {
  if (phase !== "waiting" || retryAt === undefined) return "…";
  return t("connection.in", { seconds: Math.max(1, Math.ceil((retryAt - now) / 1_000)) });
}

/** True once `what` has been true for that long without a break. */
function useLasting(what: boolean, milliseconds: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!what) {
      setLasting(false);
      return undefined;
    }
    const timer = setTimeout(() => setLasting(true), milliseconds);
    return () => clearTimeout(timer);
  }, [what, milliseconds]);
  return what && lasting;
}

function useNow(running: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!running) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}

function useReturnToast(lostLong: boolean): void {
  const before = useRef(false);
  useEffect(() => {
    if (before.current && !lostLong) toast(t("connection.back"));
    before.current = lostLong;
  }, [lostLong]);
}
