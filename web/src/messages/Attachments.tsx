import { useState } from "react";
import { t } from "../i18n/translate";
import type { FileInfo } from "../socket/wire";
import { classes } from "../ui/classes";
import { Icon } from "../ui/Icon";
import { useMessageActions } from "./actions";
import { durationText, sizeText } from "./fileText";
import { fitted } from "./imageGrid";

/** The files of a message: pictures side by side, films and sounds with a player, everything else as a row to fetch. */
export function Attachments({ files }: { files: readonly FileInfo[] }) {
  const images = files.filter(({ kind }) => kind === "image");
  const others = files.filter(({ kind }) => kind !== "image");
  return (
    <div className="files">
      {images.length > 0 && <Images images={images} />}
      {others.map((file) => <Other key={file.f} file={file} />)}
    </div>
  );
}

function Images({ images }: { images: readonly FileInfo[] }) {
  const { look } = useMessageActions();
  const [only] = images;
  const single = images.length === 1 && only !== undefined;
  return (
    <div className={classes("images", single ? "images-one" : "images-many")}>
      {images.map((image, i) => {
        const size = single ? fitted(image) : { w: 320, h: 320 };
        return (
          <button
            key={image.f}
            type="button"
            className="image"
            aria-label={t("msg.openImage", { name: image.name })}
            onClick={() => look(images, i)}
          >
            <img
              src={`/files/${image.f}${image.thumb ? "/thumb" : ""}`}
              alt=""
              width={size.w}
              height={size.h}
              loading="lazy"
              decoding="async"
            />
          </button>
        );
      })}
    </div>
  );
}

function Other({ file }: { file: FileInfo }) {
  const [broken, setBroken] = useState(false);
  const address = `/files/${file.f}`;
  if (file.kind === "video" && !broken) {
    const { w, h } = fitted(file.w && file.h ? file : { w: 640, h: 360 });
    return (
      // What was filmed has no captions of its own.
      // oxlint-disable-next-line jsx-a11y/media-has-caption
      <video
        className="film"
        src={address}
        poster={file.thumb ? `${address}/thumb` : undefined}
        width={w}
        height={h}
        controls
        playsInline
        preload="metadata"
        aria-label={file.name}
        onError={() => setBroken(true)}
      />
    );
  }
  return (
    <div className="file">
      <a className="file-row" href={address} download={file.name} aria-label={t("msg.download", { name: file.name })}>
        <span className="file-icon">
          <Icon name={file.kind === "audio" ? "note" : "file"} />
        </span>
        <span className="file-text">
          <bdi className="file-name">{file.name}</bdi>
          <span className="file-size">
            {file.dur ? `${durationText(file.dur)} · ` : ""}
            {sizeText(file.size)}
          </span>
        </span>
        <Icon name="download" size={18} />
      </a>
      {file.kind === "audio" && !broken && (
        // oxlint-disable-next-line jsx-a11y/media-has-caption
        <audio src={address} controls preload="metadata" aria-label={file.name} onError={() => setBroken(true)} />
      )}
    </div>
  );
}
