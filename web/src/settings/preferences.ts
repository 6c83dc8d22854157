import { readItem, writeItem } from "../ui/localItems";
import { Store } from "../ui/Store";

/** How the program looks and reports on this device. */
export interface Preferences {
  readonly density: "comfortable" | "compact";
  /** Messages in bubbles on two sides, or one below the other across the pane. */
  readonly layout: "bubbles" | "flat";
  readonly text: "small" | "normal" | "large" | "huge";
  /** A notice of the system for what needs me while I look elsewhere. */
  readonly desktop: boolean;
  readonly sound: boolean;
}

const key = "parley.preferences";
const usual: Preferences = {
  density: "comfortable",
  layout: "bubbles",
  text: "normal",
  desktop: false,
  sound: true,
};
const allowed: { readonly [K in keyof Preferences]: readonly Preferences[K][] } = {
  density: ["comfortable", "compact"],
  layout: ["bubbles", "flat"],
  text: ["small", "normal", "large", "huge"],
  desktop: [true, false],
  sound: [true, false],
};

export const preferences = new Store<Preferences>(usual);

/** Whatever is stored or comes from the account: only what is understood of it counts. */
export function preferencesOf(value: unknown, before: Preferences = usual): Preferences {
  if (typeof value !== "object" || value === null) return before;
  const given = value as Readonly<Record<string, unknown>>;
  const known = Object.entries(allowed).filter(([name, values]) =>
    (values as readonly unknown[]).includes(given[name])
  );
  return { ...before, ...Object.fromEntries(known.map(([name]) => [name, given[name]])) };
}

/** Puts the choices on the page before the first paint and whenever they change. */
export function startPreferences(): void {
  preferences.set(preferencesOf(parse(readItem(key))));
  const apply = () => {
    const { density, text } = preferences.get();
    Object.assign(document.documentElement.dataset, { density, text });
  };
  apply();
  preferences.subscribe(apply);
}

export function prefer(change: Partial<Preferences>): void {
  const now = { ...preferences.get(), ...change };
  preferences.set(now);
  writeItem(key, JSON.stringify(now));
}

/** The part that the account carries to my other devices. */
export function lookOf({ density, layout, text }: Preferences): Partial<Preferences> {
  return { density, layout, text };
}

/** A device that has made no choice yet looks as the account's other devices do; notices are each device's own affair. */
export function followAccountPreferences(prefs: Readonly<Record<string, unknown>> | undefined): void {
  if (readItem(key) !== undefined || !prefs) return;
  preferences.set({ ...preferences.get(), ...lookOf(preferencesOf(prefs["look"])) });
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return undefined;
  }
}
