import { readItem, writeItem } from "./localItems";
import { Store } from "./Store";

export type Theme = "system" | "light" | "dark";

const key = "parley.theme";

export const theme = new Store<Theme>("system");

/** Applies the person's choice, or the system's, before the first paint and whenever either changes. */
export function startTheme(): void {
  const kept = readItem(key);
  if (kept === "light" || kept === "dark") theme.set(kept);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const choice = theme.get();
    document.documentElement.dataset["theme"] = choice === "system" ? (dark.matches ? "dark" : "light") : choice;
  };
  apply();
  theme.subscribe(apply);
  dark.addEventListener("change", apply);
}

export function chooseTheme(choice: Theme): void {
  theme.set(choice);
  writeItem(key, choice === "system" ? undefined : choice);
}
