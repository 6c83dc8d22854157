import { newCid } from "../messages/cid";
import type { StoredFile } from "../messages/OutboxStorage";

const widest = 960;
const quality = 0.8;
const patience = 8_000;

/** A chosen file as it is at once; its size in pixels and its small picture come with `pictured`. */
export function storedFile(file: File): StoredFile {
  const name = file.name.replace(/[\u0000-\u001f\u007f/\\]/g, "_").slice(-200) || "file";
  return { id: newCid(), name, type: file.type || "application/octet-stream", size: file.size, blob: file };
}

/** With its size and a small picture made here, so that the place in the list is right and a large picture need not load. */
export async function pictured(file: StoredFile): Promise<StoredFile> {
  if (/^image\/(jpeg|png|webp|gif|avif|bmp)$/.test(file.type)) return ofImage(file).catch(() => file);
  if (file.type.startsWith("video/")) return ofVideo(file).catch(() => file);
  return file;
}

async function ofImage(file: StoredFile): Promise<StoredFile> {
  const bitmap = await createImageBitmap(file.blob);
  const { width: w, height: h } = bitmap;
  // A moving picture would stand still in its small form, and a small one needs none.
  const worth = file.type !== "image/gif" && (w > widest || h > widest || file.size > 300_000);
  const thumb = worth ? await smaller(bitmap, w, h) : undefined;
  bitmap.close();
  return { ...file, w, h, ...(thumb && { thumb }) };
}

async function ofVideo(file: StoredFile): Promise<StoredFile> {
  const video = document.createElement("video");
  const address = URL.createObjectURL(file.blob);
  try {
    video.muted = true;
    video.preload = "auto";
    video.src = address;
    await happens(video, "loadeddata");
    video.currentTime = Math.min(0.5, video.duration / 2 || 0);
    await happens(video, "seeked");
    const { videoWidth: w, videoHeight: h } = video;
    const thumb = await smaller(video, w, h);
    return { ...file, w, h, ...(thumb && { thumb }) };
  } finally {
    URL.revokeObjectURL(address);
  }
}

function happens(target: EventTarget, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("The film cannot be read.")), patience);
    const done = (work: () => void) => () => {
      clearTimeout(timer);
      work();
    };
    target.addEventListener(name, done(resolve), { once: true });
    target.addEventListener("error", done(() => reject(new Error("The film cannot be read."))), { once: true });
  });
}

function smaller(source: CanvasImageSource, w: number, h: number): Promise<Blob | undefined> {
  const scale = Math.min(1, widest / Math.max(w, h));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(w * scale));
  canvas.height = Math.max(1, Math.round(h * scale));
  canvas.getContext("2d")?.drawImage(source, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), "image/webp", quality));
}
