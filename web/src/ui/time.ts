import { formatLocale, t } from "../i18n/translate";

// Times for people, in the language of the screens and the order of day and month that the browser names for it.

const day = 86_400_000;

interface Forms {
  readonly locale: string;
  readonly clock: Intl.DateTimeFormat;
  readonly weekday: Intl.DateTimeFormat;
  readonly short: Intl.DateTimeFormat;
  readonly year: Intl.DateTimeFormat;
  readonly full: Intl.DateTimeFormat;
  readonly exact: Intl.DateTimeFormat;
  readonly ago: Intl.RelativeTimeFormat;
}

let made: Forms | undefined;

/** Formats are costly to make and are kept until the language changes. */
function forms(): Forms {
  const locale = formatLocale();
  if (made?.locale === locale) return made;
  const form = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
  const twelve = form({ hour: "numeric" }).resolvedOptions().hour12 ?? false;
  made = {
    locale,
    clock: form({ hour: twelve ? "numeric" : "2-digit", minute: "2-digit" }),
    weekday: form({ weekday: "long" }),
    short: form({ day: "numeric", month: "short" }),
    year: form({ day: "numeric", month: "short", year: "numeric" }),
    full: form({ weekday: "long", day: "numeric", month: "long" }),
    exact: form({ dateStyle: "full", timeStyle: "short" }),
    ago: new Intl.RelativeTimeFormat(locale, { numeric: "auto" }),
  };
  return made;
}

/** "2024-05-03" in local time: what two messages of one day share. */
export function dayKey(ts: number): string {
  const date = new Date(ts);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${
    String(date.getDate()).padStart(2, "0")
  }`;
}

export function clockTime(ts: number): string {
  return forms().clock.format(ts);
}

export function exactTime(ts: number): string {
  return forms().exact.format(ts);
}

/** For the list of conversations: time today, then "Yesterday", the weekday, the date. */
export function listTime(ts: number, now: number): string {
  const age = daysBetween(ts, now);
  if (age <= 0) return clockTime(ts);
  if (age === 1) return t("time.yesterday");
  if (age < 7) return forms().weekday.format(ts);
  return isSameYear(ts, now) ? forms().short.format(ts) : forms().year.format(ts);
}

/** For the separator between days. */
export function dayTitle(ts: number, now: number): string {
  const age = daysBetween(ts, now);
  if (age <= 0) return t("time.today");
  if (age === 1) return t("time.yesterday");
  return isSameYear(ts, now) ? forms().full.format(ts) : forms().year.format(ts);
}

/** "5 minutes ago", "yesterday", "3 months ago": for what is only roughly of interest. */
export function agoText(ts: number, now = Date.now()): string {
  const age = Math.max(0, now - ts);
  const step = steps.find(({ below }) => age < below) ?? lastStep;
  return forms().ago.format(-Math.floor(age / step.size), step.unit);
}

const minute = 60_000;
const hour = 60 * minute;
const lastStep = { below: Infinity, size: 365 * day, unit: "year" as const };
const steps: readonly { below: number; size: number; unit: Intl.RelativeTimeFormatUnit }[] = [
  { below: hour, size: minute, unit: "minute" },
  { below: day, size: hour, unit: "hour" },
  { below: 30 * day, size: day, unit: "day" },
  { below: 365 * day, size: 30 * day, unit: "month" },
];

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
