import { useSession } from "../app/session";
import { t } from "../i18n/translate";
import { sizeText } from "../messages/fileText";
import type { StoredFile } from "../messages/OutboxStorage";
import { useObjectUrl } from "../messages/useObjectUrl";
import { classes } from "../ui/classes";
import { Icon } from "../ui/Icon";
import { useStore } from "../ui/Store";
import "./AttachmentTray.css";

/** The files that will go with the message: how far each is, and a way to take it out again. */
export function AttachmentTray({ c, files }: { c: string; files: readonly StoredFile[] }) {
  return (
    <ul className="tray" aria-label={t("composer.attached")}>
      {files.map((file) => <TrayFile key={file.id} c={c} file={file} />)}
    </ul>
  );
}

function TrayFile({ c, file }: { c: string; file: StoredFile }) {
  const { drafts, session } = useSession();
  const upload = useStore(session.uploads.store, (all) => all.get(file.id));
  const image = file.type.startsWith("image/");
  const source = useObjectUrl(image ? file.thumb ?? file.blob : file.thumb);
  const failed = upload?.state === "failed";
  const final = failed && upload.problem?.retry === false;
  const part = upload?.part ?? 0;
  const remove = () => {
    session.uploads.cancel(file.id);
    drafts.detach(c, file.id);
  };
  return (
    <li className={classes("tray-file", failed && "tray-failed")}>
      {source ? <img src={source} alt="" width={48} height={48} /> : (
        <span className="tray-icon">
          <Icon name="file" />
        </span>
      )}
      <span className="tray-text">
        <bdi>{file.name}</bdi>
        <span className="tray-state">
          {final ? upload.problem?.message : failed ? t("composer.uploadFailed") : sizeText(file.size)}
        </span>
      </span>
      {failed && !final && (
        <button
          type="button"
          className="tray-button"
          aria-label={t("composer.uploadAgain", { name: file.name })}
          title={t("app.retry")}
          onClick={() => void session.uploads.bring(file)}
        >
          <Icon name="retry" size={16} />
        </button>
      )}
      <button
        type="button"
        className="tray-button"
        aria-label={t("composer.detach", { name: file.name })}
        title={t("composer.remove")}
        onClick={remove}
      >
        <Icon name="close" size={16} />
      </button>
      {!failed && part < 1 && <progress max={1} value={part} aria-label={t("msg.uploading", { name: file.name })} />}
    </li>
  );
}
