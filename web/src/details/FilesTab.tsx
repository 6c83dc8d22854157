import { useCallback } from "react";
import { conversationPath } from "../app/route";
import { useConnection } from "../app/session";
import { ListLink } from "../conversations/ListLink";
import { t } from "../i18n/translate";
import { useNames } from "../messages/useNames";
import { ApiError } from "../session/api";
import type { Conv } from "../socket/wire";
import { bytesText } from "../ui/bytes";
import { Button } from "../ui/Button";
import { FormError } from "../ui/FormError";
import { Icon } from "../ui/Icon";
import { listTime } from "../ui/time";
import { useMinute } from "../ui/useMinute";
import { usePages } from "../ui/usePages";

const page = 50;

/** Every file that was sent here, newest first; each leads to its message. */
export function FilesTab({ conv }: { conv: Conv }) {
  const connection = useConnection();
  const now = useMinute();
  const nameOf = useNames(conv.c);
  const { c } = conv;
  const ask = useCallback(async (before?: number) => {
    const answer = await connection.request("files", { c, limit: page, ...(before === undefined ? {} : { before }) });
    if (!answer.ok) throw new ApiError(answer.code, answer.message, answer.after);
    const { files } = answer;
    return { items: files, next: files.length < page ? undefined : files[files.length - 1]?.seq };
  }, [connection, c]);
  const { items, problem, more } = usePages(ask);
  return (
    <>
      <FormError text={problem} />
      <ul className="file-list" aria-label={t("details.files")} aria-busy={items === undefined && !problem}>
        {items?.map(({ file, seq, from, ts }) => (
          <li key={file.f}>
            <ListLink to={conversationPath(c, seq)} className="file-row">
              {file.thumb || file.kind === "image"
                ? <img src={`/files/${file.f}${file.thumb ? "/thumb" : ""}`} alt="" loading="lazy" decoding="async" />
                : (
                  <span className="row-icon">
                    <Icon name="file" />
                  </span>
                )}
              <span className="conv-text">
                <bdi className="conv-name">{file.name}</bdi>
                <span className="conv-preview">
                  {[bytesText(file.size), nameOf(from), listTime(ts, now)].filter(Boolean).join(" · ")}
                </span>
              </span>
            </ListLink>
          </li>
        ))}
      </ul>
      {items?.length === 0 && <p className="list-none">{t("details.noFiles")}</p>}
      {more && <Button onClick={more}>{t("search.more")}</Button>}
    </>
  );
}
