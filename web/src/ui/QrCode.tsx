import qrcode from "qrcode-generator";
import { useMemo } from "react";
import "./QrCode.css";

const quiet = 4; // modules of white around the code that readers need

/** A QR code as one drawing: dark on white in every theme, because not every reader takes the reverse. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { path, size } = useMemo(() => qrPath(text), [text]);
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

/** The dark modules as squares of a path, with the quiet zone in the coordinates. */
export function qrPath(text: string): { readonly path: string; readonly size: number } {
  const code = qrcode(0, "M");
  code.addData(text, "Byte");
  code.make();
  const count = code.getModuleCount();
  let path = "";
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (code.isDark(row, column)) path += `M${column + quiet} ${row + quiet}h1v1h-1z`;
    }
  }
  return { path, size: count + 2 * quiet };
}
