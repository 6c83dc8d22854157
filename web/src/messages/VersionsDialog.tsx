import { useEffect, useState } from "react";
import { useConnection } from "../app/session";
import { t } from "../i18n/translate";
import { Markdown } from "../markdown/Markdown";
import type { Msg, Version } from "../socket/wire";
import { Dialog } from "../ui/Dialog";
import { exactTime } from "../ui/time";

/** What a message said before it was edited, newest first. */
export function VersionsDialog({ msg, onClose }: { msg: Msg; onClose: () => void }) {
  const connection = useConnection();
  const [list, setList] = useState<readonly Version[]>();
  const [problem, setProblem] = useState<string>();
  const { c, seq, rev } = msg;

  useEffect(() => {
    let wanted = true;
    const ask = async () => {
      const answer = await connection.request("versions", { c, seq });
      if (!wanted) return;
      if (answer.ok) setList([...answer.versions].reverse());
      else setProblem(answer.message);
    };
    void ask();
    return () => {
      wanted = false;
    };
  }, [connection, c, seq, rev]);

  return (
    <Dialog title={t("msg.versions")} onClose={onClose}>
      {problem !== undefined && <p role="alert">{problem}</p>}
      <ol className="versions" aria-busy={list === undefined && problem === undefined}>
        {list?.map(({ v, body, ts }, i) => (
          <li key={v}>
            <p className="version-head">
              {i === 0 ? t("msg.now") : i === list.length - 1 ? t("msg.original") : t("msg.version", { n: v })}
              <time dateTime={new Date(ts).toISOString()}>{exactTime(ts)}</time>
            </p>
            <div className="version-text">
              <Markdown body={body} mentions={false} me={undefined} />
            </div>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
