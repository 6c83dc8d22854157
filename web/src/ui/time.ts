// Times for people. Words are English like the rest of the screens; the order of day and month and the 12 or 24 hours
// follow the first English in the browser's list of languages.

const day = 86_400_000;
const locale = (typeof navigator === "undefined" ? [] : navigator.languages).find((tag) => tag.startsWith("en")) ??
  "en-GB";
const form = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
const twelve = form({ hour: "numeric" }).resolvedOptions().hour12 ?? false;
const clockForm = form({ hour: twelve ? "numeric" : "2-digit", minute: "2-digit" });
const weekdayForm = form({ weekday: "long" });
const shortForm = form({ day: "numeric", month: "short" });
const yearForm = form({ day: "numeric", month: "short", year: "numeric" });
const fullForm = form({ weekday: "long", day: "numeric", month: "long" });
const exactForm = form({ dateStyle: "full", timeStyle: "short" });

/** "2024-05-03" in local time: what two messages of one day share. */
export function dayKey(ts: number): string {
  const date = new Date(ts);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${
    String(date.getDate()).padStart(2, "0")
  }`;
}

export function clockTime(ts: number): string {
  return clockForm.format(ts);
}

export function exactTime(ts: number): string {
  return exactForm.format(ts);
}

/** For the list of conversations: time today, then "Yesterday", the weekday, the date. */
export function listTime(ts: number, now: number): string {
  const age = daysBetween(ts, now);
  if (age <= 0) return clockTime(ts);
  if (age === 1) return "Yesterday";
  if (age < 7) return weekdayForm.format(ts);
  return isSameYear(ts, now) ? shortForm.format(ts) : yearForm.format(ts);
}

/** For the separator between days. */
export function dayTitle(ts: number, now: number): string {
  const age = daysBetween(ts, now);
  if (age <= 0) return "Today";
  if (age === 1) return "Yesterday";
  return isSameYear(ts, now) ? fullForm.format(ts) : yearForm.format(ts);
}

/** Whole days by the calendar, so that a change to summer time does not matter. */
function daysBetween(ts: number, now: number): number {
  const midnight = (time: number) => {
    const date = new Date(time);
    return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  };
  return Math.round((midnight(now) - midnight(ts)) / day);
}

function isSameYear(a: number, b: number): boolean {
  return new Date(a).getFullYear() === new Date(b).getFullYear();
}
