export const hues = 10;

/** One of the avatar colours, always the same for the same id. */
export function hueOf(id: string): number {
  let sum = 7;
  for (let i = 0; i < id.length; i++) sum = (sum * 31 + id.charCodeAt(i)) % 1_000_003;
  return sum % hues;
}

/** The first letters of the first and the last word; whole characters, also outside the basic plane. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/u).map((word) =>
    [...word].find((character) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(character))
  );
  const letters = words.filter((letter): letter is string => letter !== undefined);
  const picked = letters.length > 1 ? [letters[0], letters[letters.length - 1]] : letters;
  return picked.join("").toUpperCase() || "?";
}
