/** The length of a text in characters as the server counts them (code points); short ones are not worth counting exactly. */
export function lengthOf(text: string, longest: number): number {
  return text.length < longest * 0.9 ? text.length : [...text.trim()].length;
}

/** How many characters are left, once nine tenths are used; negative when there are too many. */
export function room(length: number, longest: number): number | undefined {
  return length < longest * 0.9 ? undefined : longest - length;
}
