import { memo, useMemo } from "react";
import { linkify } from "./linkify";

/** A message's text as React nodes: whatever it holds, it can only become text and links to the web. */
export const MessageText = memo(function MessageText({ body }: { body: string }) {
  const pieces = useMemo(() => linkify(body), [body]);
  return (
    <span className="body" dir="auto">
      {pieces.map((piece) =>
        piece.kind === "link"
          ? <a key={piece.at} href={piece.href} target="_blank" rel="noopener noreferrer nofollow ugc">{piece.text}</a>
          : piece.text
      )}
    </span>
  );
});
