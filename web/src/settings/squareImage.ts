const edge = 512;

/** The middle of a picture as a small square without its metadata; undefined when it is no picture. */
export async function squareImage(file: Blob): Promise<Blob | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return undefined;
  const side = Math.min(picture.width, picture.height);
  const size = Math.min(edge, side);
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  const pen = canvas.getContext("2d");
  if (!pen || size === 0) return undefined;
  pen.drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, size, size);
  picture.close();
  return await encoded(canvas, "image/webp") ?? await encoded(canvas, "image/png");
}

/** Browsers that cannot write a type write PNG instead; then the caller's next choice is taken. */
function encoded(canvas: HTMLCanvasElement, type: string): Promise<Blob | undefined> {
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob?.type === type ? blob : undefined), type, 0.88));
}
