import { useEffect, useState } from "react";

const isFocused = () => document.visibilityState === "visible" && document.hasFocus();

/** Whether the person is looking at this page. */
export function useFocused(): boolean {
  const [focused, setFocused] = useState(isFocused);
  useEffect(() => {
    const look = () => setFocused(isFocused());
    const events = ["focus", "blur", "pageshow"];
    for (const name of events) addEventListener(name, look);
    document.addEventListener("visibilitychange", look);
    return () => {
      for (const name of events) removeEventListener(name, look);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return focused;
}
