/** Every word is the beginning of a word of the name, whatever the case and the accents. */
export function matches(name: string, q: string): boolean {
  const words = plain(name).split(/[\s._-]+/);
  return plain(q).split(/\s+/).filter(Boolean).every((part) => words.some((word) => word.startsWith(part))) ||
    plain(name).includes(plain(q));
}

function plain(text: string): string {
  return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}
