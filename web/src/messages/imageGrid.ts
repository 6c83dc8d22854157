/** The part of a file that its place on screen depends on. */
export interface Sized {
  readonly w?: number;
  readonly h?: number;
}

export const gridWidth = 400;
const tallest = 360;
const tile = 160;

/** How large one picture is drawn, so that its place is right before a byte of it has come. */
export function fitted({ w = 4, h = 3 }: Sized, width = gridWidth): { w: number; h: number } {
  const scale = Math.min(width / w, tallest / h, 1);
  return { w: Math.max(Math.round(w * scale), 96), h: Math.max(Math.round(h * scale), 64) };
}

/** Two or more pictures stand side by side in tiles. */
export function gridHeight(images: readonly Sized[]): number {
  const [only] = images;
  if (images.length === 1 && only) return fitted(only).h + 6;
  return Math.ceil(images.length / 2) * (tile + 4) + 2;
}
