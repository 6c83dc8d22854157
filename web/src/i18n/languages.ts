export const languages = [
  { tag: "en", name: "English", region: "en-GB" },
  { tag: "de", name: "Deutsch", region: "de-DE" },
] as const;

export type Language = typeof languages[number]["tag"];

const rightToLeft = new Set(["ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"]);

export function directionOf(tag: string): "ltr" | "rtl" {
  return rightToLeft.has(base(tag)) ? "rtl" : "ltr";
}

export function isLanguage(tag: unknown): tag is Language {
  return languages.some((language) => language.tag === tag);
}

/** The first wish that there is a catalogue for: the person's choice, what the account says, the browser's list. */
export function pickLanguage(wishes: readonly (string | undefined)[]): Language {
  for (const wish of wishes) {
    const tag = wish === undefined ? undefined : base(wish);
    if (isLanguage(tag)) return tag;
  }
  return "en";
}

/** Day before month or not, 12 hours or 24: the browser's own variant of the language, where it names one. */
export function localeFor(language: Language, wishes: readonly string[]): string {
  return wishes.find((wish) => base(wish) === language && wish !== language) ??
    languages.find(({ tag }) => tag === language)?.region ?? language;
}

function base(tag: string): string {
  return tag.toLowerCase().split(/[-_]/)[0] ?? "";
}
