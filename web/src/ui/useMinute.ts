import { useEffect, useState } from "react";

/** The time, at most a minute old: enough for "Today" and "Yesterday". */
export function useMinute(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
