import { formatLocale } from "../i18n/translate";

const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** "73.4 MB", in steps of a thousand. */
export function bytesText(bytes: number): string {
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1_000 ** step;
  return new Intl.NumberFormat(formatLocale(), {
    style: "unit",
    unit: units[step] ?? "byte",
    unitDisplay: "short",
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  }).format(value);
}
