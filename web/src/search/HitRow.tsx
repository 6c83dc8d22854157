import { conversationPath } from "../app/route";
import { ListLink } from "../conversations/ListLink";
import { t } from "../i18n/translate";
import { plainText } from "../markdown/plainText";
import type { Msg } from "../socket/wire";
import { Avatar } from "../ui/Avatar";
import { exactTime, listTime } from "../ui/time";
import { useMinute } from "../ui/useMinute";
import { piecesOf } from "./query";

interface HitRowProps {
  readonly msg: Msg;
  readonly marks?: readonly (readonly [start: number, length: number])[] | undefined;
  /** The name of the conversation; empty where all rows are of one. */
  readonly place: string;
}

/** A message outside of its conversation. It leads to its place there. */
export function HitRow({ msg, marks, place }: HitRowProps) {
  const now = useMinute();
  const { c, seq, from, name, ts, body, files } = msg;
  return (
    <ListLink to={conversationPath(c, seq)} className="hit">
      <Avatar id={from} name={name} size="s" />
      <span className="hit-text">
        <span className="hit-top">
          <bdi className="hit-name">{name}</bdi>
          {place !== "" && <bdi className="hit-place">{place}</bdi>}
          <time className="conv-time" dateTime={new Date(ts).toISOString()} title={exactTime(ts)}>
            {listTime(ts, now)}
          </time>
        </span>
        <span className="hit-body" dir="auto">
          {piecesOf(marks ? body : plainText(body), marks).map(({ text, marked }, i) =>
            // The pieces have no identity of their own; the text is redrawn as a whole.
            // oxlint-disable-next-line react/no-array-index-key
            marked ? <mark key={i}>{text}</mark> : <span key={i}>{text}</span>
          )}
          {files && files.length > 0 && <span className="hit-files">{t("search.files", { n: files.length })}</span>}
        </span>
      </span>
    </ListLink>
  );
}
