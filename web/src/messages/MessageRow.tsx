import { memo } from "react";
import { t } from "../i18n/translate";
import { Markdown } from "../markdown/Markdown";
import { Avatar } from "../ui/Avatar";
import { classes } from "../ui/classes";
import { Icon } from "../ui/Icon";
import { hueOf } from "../ui/initials";
import { clockTime, exactTime } from "../ui/time";
import { useMessageActions } from "./actions";
import { Attachments } from "./Attachments";
import { FailedNote } from "./FailedNote";
import { HoverBar } from "./HoverBar";
import { isOnlyEmoji } from "./onlyEmoji";
import { PendingFiles } from "./PendingFiles";
import { Previews } from "./Previews";
import { Quote } from "./Quote";
import { Reactions } from "./Reactions";
import type { MessageRowData, RowData } from "./rows";
import { TickIcon } from "./TickIcon";
import { tickLabel } from "./ticks";
import { useRowGestures } from "./useRowGestures";

export interface RowLook {
  /** Show who wrote it. */
  readonly named: boolean;
  /** With avatars, as in rooms. */
  readonly faces: boolean;
  /** Without bubbles, everybody on the same side. */
  readonly flat: boolean;
  readonly me: { readonly u: string; readonly username: string };
  /** Their pictures. */
  readonly pictures: ReadonlyMap<string, string>;
  /** Replies and reactions are possible here. */
  readonly writable: boolean;
}

interface MessageRowProps {
  readonly row: RowData;
  readonly look: RowLook;
  /** Somebody was led to this message: it lights up for a moment. */
  readonly lit: boolean;
}

export const MessageRow = memo(function MessageRow({ row, look, lit }: MessageRowProps) {
  if (row.kind === "new") {
    return (
      <li className="new-line" data-key={row.key}>
        <span>{t("msg.new")}</span>
      </li>
    );
  }
  if (row.kind === "system") {
    return (
      <li className={classes("system", lit && "row-lit")} data-key={row.key} data-seq={row.seq}>
        <bdi title={exactTime(row.ts)}>{row.body}</bdi>
      </li>
    );
  }
  return <Bubble row={row} look={look} lit={lit} />;
}, isSame);

function Bubble({ row, look, lit }: { row: MessageRowData; look: RowLook; lit: boolean }) {
  const { mine, head, tail, name, problem, cid, msg } = row;
  const { flat } = look;
  const faces = flat || (look.faces && !mine);
  const mentioned = !mine && msg !== undefined &&
    (msg.all === true || (msg.mentions?.includes(look.me.u) ?? false));
  const gestures = useRowGestures(msg);
  return (
    <li
      className={classes(
        "row",
        flat ? "row-flat" : mine ? "row-mine" : "row-theirs",
        head && "row-head",
        tail && "row-tail",
        faces && "row-faces",
        mentioned && "row-mentioned",
        problem && "row-failed",
        lit && "row-lit",
      )}
      data-key={row.key}
      data-seq={problem ? undefined : row.seq}
      {...gestures.handlers}
    >
      {faces && (
        <span className="row-face">
          {(flat ? head : tail) && <Avatar id={row.from} name={name} image={look.pictures.get(row.from)} size="s" />}
          {flat && !head && (
            <span aria-hidden="true">
              <Stamp ts={row.ts} />
            </span>
          )}
        </span>
      )}
      <div className="bubble-place">
        <Article row={row} look={look} />
        {gestures.active && msg && !msg.del && <HoverBar msg={msg} writable={look.writable} />}
      </div>
      {problem && cid && <FailedNote cid={cid} problem={problem} />}
    </li>
  );
}

function Article({ row, look }: { row: MessageRowData; look: RowLook }) {
  const { mine, head, body, name, ts, tick, problem, msg, reply, files } = row;
  const actions = useMessageActions();
  const state = problem ? t("msg.notSent") : tick ? tickLabel(tick) : undefined;
  const who = mine ? t("messages.you") : name;
  const label = [who, clockTime(ts), msg?.edited && t("msg.edited"), state].filter(Boolean).join(", ");
  const big = !reply && !files && isOnlyEmoji(body);
  const replies = msg?.replies ?? 0;
  return (
    <article
      tabIndex={-1}
      aria-label={label}
      className={classes("bubble", big && "bubble-big", problem && "bubble-failed", msg?.del && "bubble-gone")}
    >
      {head && (look.flat || (look.named && !mine)) && (
        <p className={classes("sender", `hue-${hueOf(row.from)}`)}>
          <bdi>{name}</bdi>
          {look.flat && <Stamp ts={ts} />}
        </p>
      )}
      {reply && <Quote reply={reply} onJump={() => actions.jump(reply.seq)} />}
      {files && files.length > 0 && <Attachments files={files} />}
      {row.pending && <PendingFiles files={row.pending} />}
      <div className="bubble-text">
        {msg?.del
          ? (
            <span className="gone">
              <Icon name="bin" size={15} /> {msg.by && msg.by !== msg.from ? t("msg.deletedByOther") : t("msg.deleted")}
            </span>
          )
          : body !== "" && (
            <Markdown
              body={body}
              mentions={msg?.all === true || (msg?.mentions?.length ?? 0) > 0}
              me={msg?.all || msg?.mentions?.includes(look.me.u) ? look.me.username : undefined}
            />
          )}
        <span className="meta">
          {msg?.pin && <Icon name="pin" size={12} />}
          {msg?.edited && !msg.del && (
            <button
              type="button"
              className="edited"
              title={exactTime(msg.edited)}
              aria-label={t("msg.showVersions")}
              onClick={() => actions.versions(msg)}
            >
              {t("msg.edited")}
            </button>
          )}
          {!look.flat && <Stamp ts={ts} />}
          {tick && <TickIcon tick={tick} />}
        </span>
      </div>
      {msg?.previews && msg.previews.length > 0 && <Previews list={msg.previews} />}
      {msg?.re && msg.re.length > 0 && <Reactions msg={msg} list={msg.re} me={look.me.u} />}
      {msg && replies > 0 && (
        <button type="button" className="replies" onClick={() => actions.thread(msg.seq)}>
          <Icon name="thread" size={15} /> {t("msg.replies", { n: replies })}
        </button>
      )}
    </article>
  );
}

function Stamp({ ts }: { ts: number }) {
  return <time dateTime={new Date(ts).toISOString()} title={exactTime(ts)}>{clockTime(ts)}</time>;
}

/** Rows are made anew with every event; only what is drawn counts. */
function isSame(before: MessageRowProps, after: MessageRowProps): boolean {
  if (before.look !== after.look || before.lit !== after.lit) return false;
  const a = before.row as unknown as Record<string, unknown>;
  const b = after.row as unknown as Record<string, unknown>;
  return Object.keys(b).every((key) => a[key] === b[key]) && Object.keys(a).length === Object.keys(b).length;
}
