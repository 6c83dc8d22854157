import { Store } from "../ui/Store";

const longest = 64;

/** What was typed between Ctrl-K and the moment when the switcher's own box can take it; undefined while nothing is held. */
export const typedAhead = new Store<string | undefined>(undefined);

/** From now on letters wait for the switcher, instead of going to what has the focus. */
export function holdKeys(onEscape: () => void): void {
  if (typedAhead.get() !== undefined) return;
  typedAhead.set("");
  const onKey = (event: KeyboardEvent) => {
    const text = typedAhead.get() ?? "";
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if ([...event.key].length === 1) typedAhead.set(`${text}${event.key}`.slice(0, longest));
    else if (event.key === "Backspace") typedAhead.set([...text].slice(0, -1).join(""));
    else if (event.key === "Escape") onEscape();
    else if (event.key !== "Enter") return; // an Enter meant for a list that is not there must not send a message
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("keydown", onKey, true);
  const end = typedAhead.subscribe(() => {
    if (typedAhead.get() !== undefined) return;
    removeEventListener("keydown", onKey, true);
    end();
  });
}

/** Ends the holding; the letters so far. */
export function takeKeys(): string {
  const text = typedAhead.get() ?? "";
  typedAhead.set(undefined);
  return text;
}
