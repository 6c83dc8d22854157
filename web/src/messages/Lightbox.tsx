import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { t } from "../i18n/translate";
import type { FileInfo } from "../socket/wire";
import { IconButton } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { sizeText } from "./fileText";
import "./Lightbox.css";

interface LightboxProps {
  readonly files: readonly FileInfo[];
  readonly start: number;
  readonly onClose: () => void;
}

/** Pictures in full size over everything else: arrow keys go through them, Escape closes. */
export function Lightbox({ files, start, onClose }: LightboxProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const [at, setAt] = useState(start);
  const [loaded, setLoaded] = useState<string>();
  const file = files[at];
  const many = files.length > 1;
  const go = (by: number) => setAt((now) => (now + by + files.length) % files.length);

  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);

  useEffect(() => {
    const next = files[at + 1];
    if (next) new Image().src = `/files/${next.f}`; // the next one is there when it is wanted
  }, [files, at]);

  if (!file) return null;
  const source = `/files/${file.f}`;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the arrow keys
    <dialog
      ref={ref}
      className="lightbox"
      aria-label={file.name}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        const forward = document.documentElement.dir === "rtl" ? -1 : 1;
        if (event.key === "ArrowRight") go(forward);
        if (event.key === "ArrowLeft") go(-forward);
      }}
    >
      <header className="lightbox-head">
        <p>
          <bdi>{file.name}</bdi>
          <span>{sizeText(file.size)}{many && ` · ${at + 1} / ${files.length}`}</span>
        </p>
        <a
          className="icon-button"
          href={source}
          download={file.name}
          aria-label={t("msg.download", { name: file.name })}
        >
          <Icon name="download" />
        </a>
        <IconButton icon="close" label={t("app.close")} onClick={onClose} autoFocus />
      </header>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- Escape does it */}
      <div className="lightbox-stage" onClick={(event) => event.target === event.currentTarget && onClose()}>
        <img
          key={file.f}
          className={loaded === file.f ? "lightbox-image" : "lightbox-image lightbox-waiting"}
          src={source}
          alt={file.name}
          width={file.w}
          height={file.h}
          onLoad={() => setLoaded(file.f)}
        />
      </div>
      {many && (
        <>
          <IconButton className="lightbox-back" icon="left" label={t("msg.previous")} onClick={() => go(-1)} />
          <IconButton className="lightbox-next" icon="right" label={t("msg.next")} onClick={() => go(1)} />
        </>
      )}
    </dialog>
  );
}
