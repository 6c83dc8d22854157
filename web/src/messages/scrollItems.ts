import { gridHeight } from "./imageGrid";
import type { Range, ScrollItem } from "./MessageScroller";
import type { DayData, RowData } from "./rows";

const line = 21;

/** The rows of all days in one list, each with a guess at its height. */
export function itemsOf(days: readonly DayData[]): ScrollItem[] {
  return days.flatMap((day) => [
    { key: `day-${day.key}`, estimate: 46, title: true },
    ...day.rows.map((row) => ({ key: row.key, estimate: estimateOf(row) })),
  ]);
}

/** The days with only those rows that are in the range; days without one are left out. */
export function daysIn(days: readonly DayData[], { from, to }: Range): DayData[] {
  const shown: DayData[] = [];
  let at = 0;
  for (const day of days) {
    const first = at + 1;
    at = first + day.rows.length;
    if (at <= from || first - 1 >= to) continue;
    shown.push({ ...day, rows: day.rows.slice(Math.max(0, from - first), Math.max(0, to - first)) });
  }
  return shown;
}

function estimateOf(row: RowData): number {
  if (row.kind !== "message") return row.kind === "new" ? 40 : 32;
  const lines = row.body === ""
    ? 0
    : row.body.split("\n").reduce((sum, text) => sum + 1 + Math.floor(text.length / 68), 0);
  const { msg, files = [], pending = [] } = row;
  const images = files.filter(({ kind }) => kind === "image");
  return 20 + lines * line + (row.head ? 26 : 0) + (row.reply ? 50 : 0) + (images.length > 0 ? gridHeight(images) : 0) +
    (files.length - images.length + pending.length) * 62 + (msg?.re ? 34 : 0) + (msg?.previews?.length ?? 0) * 96;
}
