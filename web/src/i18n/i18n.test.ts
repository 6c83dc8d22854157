import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { renderToStaticMarkup } from "react-dom/server";
import { createElement } from "react";
import type { Catalogue, Entry } from "./catalogue";
import { admin as adminDe } from "./de/admin";
import { around as aroundDe } from "./de/around";
import { core as coreDe } from "./de/core";
import { messages as messagesDe } from "./de/messages";
import { settings as settingsDe } from "./de/settings";
import { admin } from "./en/admin";
import { around } from "./en/around";
import { core } from "./en/core";
import { messages } from "./en/messages";
import { settings } from "./en/settings";
import { directionOf, languages, localeFor, pickLanguage } from "./languages";
import { cut, formatLocale, hasText, putTexts, rich, t } from "./translate";

const english: readonly Catalogue[] = [core, around, messages, settings, admin];
const others: Readonly<Record<string, readonly Catalogue[]>> = {
  de: [coreDe, aroundDe, messagesDe, settingsDe, adminDe],
};

const formsOf = (entry: Entry) => (typeof entry === "string" ? { other: entry } : entry);
const placesOf = (text: string) =>
  cut(text).flatMap((part) => (typeof part === "string" ? [] : [part.name])).sort().join();

afterEach(() => putTexts("en", { ...core, ...around, ...messages }));

test("every language has a catalogue here", () => {
  assert.deepEqual(["en", ...Object.keys(others)], languages.map(({ tag }) => tag));
});

test("every key has a text in every language, with the same places to fill", () => {
  for (const [tag, catalogues] of Object.entries(others)) {
    english.forEach((originals, i) => {
      assert.deepEqual(Object.keys(catalogues[i] ?? {}).sort(), Object.keys(originals).sort());
      for (const [key, original] of Object.entries(originals)) {
        const translated = catalogues[i]?.[key] ?? "";
        assert.equal(typeof translated, typeof original, `${tag} ${key}`);
        const wanted = placesOf(formsOf(original).other);
        for (const form of Object.values(formsOf(translated))) {
          assert.notEqual(form.trim(), "", `${tag} ${key}`);
          assert.equal(placesOf(form), wanted, `${tag} ${key}`);
        }
      }
    });
  }
});

test("every text with a number has every form that its language needs", () => {
  for (const [tag, catalogues] of [["en", english] as const, ...Object.entries(others)]) {
    const wanted = new Intl.PluralRules(tag).resolvedOptions().pluralCategories.slice().sort();
    for (const [key, entry] of catalogues.flatMap((catalogue) => Object.entries(catalogue))) {
      if (typeof entry !== "string") assert.deepEqual(Object.keys(entry).sort(), wanted, `${tag} ${key}`);
    }
  }
});

test("no key stands in two areas", () => {
  const keys = english.flatMap((catalogue) => Object.keys(catalogue));
  assert.equal(new Set(keys).size, keys.length);
});

test("numbers choose the form and are written as the language writes them", () => {
  assert.equal(t("room.members", { n: 1 }), "1 member");
  assert.equal(t("room.members", { n: 1234 }), "1,234 members");
  putTexts("de", { ...coreDe, ...messagesDe });
  assert.equal(t("room.members", { n: 1 }), "1 Mitglied");
  assert.equal(t("room.members", { n: 1234 }), "1.234 Mitglieder");
  assert.equal(formatLocale(), "de-DE");
});

test("a value is never read as a text with places", () => {
  assert.equal(t("room.openNamed", { name: "{name} $& <b>" }), "Open {name} $& <b>");
});

test("elements stand where the language wants them", () => {
  const html = renderToStaticMarkup(
    createElement("p", null, rich("join.by", { by: createElement("b", null, "A&B"), server: "S" })),
  );
  assert.equal(html, "<p><b>A&amp;B</b> invites you to S.</p>");
});

test("keys from outside are looked up safely", () => {
  assert.equal(hasText("error.credentials"), true);
  for (const key of ["error.nonsense", "constructor", "__proto__", "toString"]) assert.equal(hasText(key), false);
});

test("the first wish with a catalogue wins, regions come from the browser", () => {
  assert.equal(pickLanguage([undefined, "fr-FR", "de-AT", "en"]), "de");
  assert.equal(pickLanguage(["xx", "EN-us"]), "en");
  assert.equal(pickLanguage([]), "en");
  assert.equal(localeFor("de", ["en-US", "de-AT"]), "de-AT");
  assert.equal(localeFor("en", ["de", "en"]), "en-GB");
});

test("the direction of writing follows the language", () => {
  assert.equal(directionOf("ar-EG"), "rtl");
  assert.equal(directionOf("he"), "rtl");
  assert.equal(directionOf("de-DE"), "ltr");
});
