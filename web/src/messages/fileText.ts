import { formatNumber } from "../i18n/translate";

const units = ["B", "kB", "MB", "GB"];

/** "1.4 MB", in the way the language writes numbers. */
export function sizeText(bytes: number): string {
  let unit = 0;
  let size = bytes;
  for (; size >= 1_000 && unit < units.length - 1; unit++) size /= 1_000;
  return `${formatNumber(size < 10 && unit > 0 ? Math.round(size * 10) / 10 : Math.round(size))} ${units[unit]}`;
}

/** "1:05" */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
