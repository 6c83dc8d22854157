/** One pane at a time: the same width as in the style sheets. */
export function isPhone(): boolean {
  return matchMedia("(max-width: 719px)").matches;
}
