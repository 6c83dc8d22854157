import { memo } from "react";
import { Avatar } from "../ui/Avatar";
import { classes } from "../ui/classes";
import { hueOf } from "../ui/initials";
import { clockTime, exactTime } from "../ui/time";
import { FailedNote } from "./FailedNote";
import { MessageText } from "./MessageText";
import { isOnlyEmoji } from "./onlyEmoji";
import type { MessageRowData, RowData } from "./rows";
import { TickIcon } from "./TickIcon";
import { tickLabels } from "./ticks";

interface MessageRowProps {
  readonly row: RowData;
  /** Show who wrote it. */
  readonly named: boolean;
  /** With avatars, as in rooms. */
  readonly faces: boolean;
}

export const MessageRow = memo(function MessageRow({ row, named, faces }: MessageRowProps) {
  if (row.kind === "new") {
    return (
      <li className="new-line" data-key={row.key}>
        <span>New</span>
      </li>
    );
  }
  if (row.kind === "system") {
    return (
      <li className="system" data-key={row.key} data-seq={row.seq}>
        <bdi title={exactTime(row.ts)}>{row.body}</bdi>
      </li>
    );
  }
  return <Bubble row={row} named={named} faces={faces && !row.mine} />;
}, isSame);

function Bubble({ row, named, faces }: { row: MessageRowData; named: boolean; faces: boolean }) {
  const { mine, head, tail, body, name, ts, tick, problem, cid } = row;
  const big = isOnlyEmoji(body);
  const state = problem ? "Not sent" : tick ? tickLabels[tick] : undefined;
  const label = [mine ? "You" : name, clockTime(ts), state].filter(Boolean).join(", ");
  return (
    <li
      className={classes(
        "row",
        mine ? "row-mine" : "row-theirs",
        head && "row-head",
        tail && "row-tail",
        faces && "row-faces",
      )}
      data-key={row.key}
      data-seq={problem ? undefined : row.seq}
    >
      {faces && <span className="row-face">{tail && <Avatar id={row.from} name={name} size="s" />}</span>}
      <article aria-label={label} className={classes("bubble", big && "bubble-big", problem && "bubble-failed")}>
        {named && head && !mine && (
          <p className={classes("sender", `hue-${hueOf(row.from)}`)}>
            <bdi>{name}</bdi>
          </p>
        )}
        <div className="bubble-text">
          <MessageText body={body} />
          <span className="meta">
            <time dateTime={new Date(ts).toISOString()} title={exactTime(ts)}>{clockTime(ts)}</time>
            {tick && <TickIcon tick={tick} />}
          </span>
        </div>
      </article>
      {problem && cid && <FailedNote cid={cid} body={body} problem={problem} />}
    </li>
  );
}

/** Rows are made anew with every event; only what is drawn counts. */
function isSame(before: MessageRowProps, after: MessageRowProps): boolean {
  if (before.named !== after.named || before.faces !== after.faces) return false;
  const a = before.row as unknown as Record<string, unknown>;
  const b = after.row as unknown as Record<string, unknown>;
  return Object.keys(b).every((key) => a[key] === b[key]) && Object.keys(a).length === Object.keys(b).length;
}
