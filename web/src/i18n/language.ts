import { readItem, writeItem } from "../ui/localItems";
import { Store } from "../ui/Store";
import type { Catalogue } from "./catalogue";
import { around } from "./en/around";
import { core } from "./en/core";
import { messages } from "./en/messages";
import type { Language } from "./languages";
import { directionOf, isLanguage, pickLanguage } from "./languages";
import { putTexts } from "./translate";

/** Parts of the program that bring their own texts when they are opened. */
export type Area = "settings" | "admin";

type Source = () => Promise<Catalogue>;

const base: Readonly<Record<Language, Source>> = {
  en: () => Promise.resolve({ ...core, ...around, ...messages }),
  de: () => import("./de/base").then(({ base: texts }) => texts),
};

const areas: Readonly<Record<Area, Readonly<Record<Language, Source>>>> = {
  settings: {
    en: () => import("./en/settings").then(({ settings }) => settings),
    de: () => import("./de/settings").then(({ settings }) => settings),
  },
  admin: {
    en: () => import("./en/admin").then(({ admin }) => admin),
    de: () => import("./de/admin").then(({ admin }) => admin),
  },
};

const key = "parley.language";

/** The language of the screens. When it changes, the screens are built anew; the session goes on. */
export const language = new Store<Language>("en");

const loaded = new Set<Area>();

/** Before the first screen: the choice kept on this device, else the browser's. A catalogue that cannot be had leaves English. */
export async function startLanguage(): Promise<void> {
  await speak(pickLanguage([readItem(key), ...navigator.languages])).catch(() => mark("en"));
}

/** The person's choice; undefined means the browser's. Rejects when the catalogue cannot be loaded. */
export async function chooseLanguage(choice: Language | undefined): Promise<void> {
  await speak(pickLanguage([choice, ...navigator.languages]));
  writeItem(key, choice);
}

export function chosenLanguage(): Language | undefined {
  const kept = readItem(key);
  return isLanguage(kept) ? kept : undefined;
}

/** The account remembers a language that this device has not been told. */
export async function followAccount(locale: string | undefined): Promise<void> {
  if (chosenLanguage() === undefined && isLanguage(locale)) await speak(locale).catch(() => undefined);
}

/** Brings the texts of an area before its screens are shown. */
export async function loadArea(area: Area): Promise<void> {
  const now = language.get();
  const texts = await areas[area][now]();
  loaded.add(area);
  putTexts(now, texts, true);
}

async function speak(next: Language): Promise<void> {
  const wanted: Source[] = [base[next], ...[...loaded].map((area) => areas[area][next])];
  const texts = await Promise.all(wanted.map((source) => source()));
  putTexts(next, Object.assign({}, ...texts) as Catalogue);
  mark(next);
}

function mark(next: Language): void {
  document.documentElement.lang = next;
  document.documentElement.dir = directionOf(next);
  language.set(next);
}
