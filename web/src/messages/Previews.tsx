import type { Preview } from "../socket/wire";
import { safeAddress } from "./linkify";

/** What the server has read of the pages that a message links to. */
export function Previews({ list }: { list: readonly Preview[] }) {
  return (
    <div className="previews">
      {list.map((preview) => {
        const href = safeAddress(preview.url);
        if (href === undefined || (!preview.title && !preview.text)) return null;
        return (
          <a key={preview.url} className="preview" href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
            <span className="preview-text">
              <bdi className="preview-site">{preview.site || new URL(href).hostname}</bdi>
              {preview.title && <bdi className="preview-title">{preview.title}</bdi>}
              {preview.text && <span className="preview-about" dir="auto">{preview.text}</span>}
            </span>
            {preview.image?.startsWith("/files/") && (
              <img src={preview.image} alt="" width={84} height={84} loading="lazy" decoding="async" />
            )}
          </a>
        );
      })}
    </div>
  );
}
