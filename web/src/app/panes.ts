const panes = ".sidebar, .messages, .composer, .details, .desk-nav, .desk-page";
const first = "[aria-current='page'], textarea, input:not([hidden]), [tabindex='0'], a[href], button";

/** F6: the focus goes to the next part of the window, as it does in the browser itself. */
export function focusNextPane(step: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>(panes)].filter((pane) => pane.offsetParent !== null);
  if (all.length === 0) return;
  const at = all.findIndex((pane) => pane.contains(document.activeElement));
  const pane = all[(at + step + all.length) % all.length];
  const stops = [...pane?.querySelectorAll<HTMLElement>(first) ?? []].filter((stop) => stop.offsetParent !== null);
  (stops.find((stop) => stop.matches("[aria-current='page'], textarea")) ?? stops[0])?.focus();
}
