import { useSession } from "../app/session";
import { t } from "../i18n/translate";
import { Icon } from "../ui/Icon";
import { useStore } from "../ui/Store";
import { sizeText } from "./fileText";
import { fitted } from "./imageGrid";
import type { StoredFile } from "./OutboxStorage";
import { useObjectUrl } from "./useObjectUrl";

/** Files of a message that is on its way: seen already, with how far they are. */
export function PendingFiles({ files }: { files: readonly StoredFile[] }) {
  return <div className="files">{files.map((file) => <Pending key={file.id} file={file} />)}</div>;
}

function Pending({ file }: { file: StoredFile }) {
  const { session } = useSession();
  const part = useStore(session.uploads.store, (all) => all.get(file.id)?.part ?? 0);
  const image = file.type.startsWith("image/") && file.w !== undefined;
  const source = useObjectUrl(image ? file.thumb ?? file.blob : undefined);
  const progress = (
    <progress className="file-progress" max={1} value={part} aria-label={t("msg.uploading", { name: file.name })} />
  );
  if (image) {
    const { w, h } = fitted(file);
    return (
      <div className="images images-one">
        <span className="image image-pending">
          {source
            ? <img src={source} alt={file.name} width={w} height={h} />
            : <span style={{ width: w, height: h }} />}
          {part < 1 && progress}
        </span>
      </div>
    );
  }
  return (
    <div className="file">
      <span className="file-row">
        <span className="file-icon">
          <Icon name="file" />
        </span>
        <span className="file-text">
          <bdi className="file-name">{file.name}</bdi>
          <span className="file-size">{sizeText(file.size)}</span>
        </span>
      </span>
      {part < 1 && progress}
    </div>
  );
}
