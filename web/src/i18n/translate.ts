import type { ReactNode } from "react";
import { createElement, Fragment } from "react";
import type { Catalogue, Entry, Filling, NamesOf, Values } from "./catalogue";
import { around } from "./en/around";
import { core } from "./en/core";
import { messages } from "./en/messages";
import type { settings } from "./en/settings";
import type { admin } from "./en/admin";
import type { Language } from "./languages";
import { localeFor } from "./languages";

export type Texts = typeof core & typeof around & typeof messages & typeof settings & typeof admin;
export type Key = keyof Texts;

let table: Catalogue = { ...core, ...around, ...messages };
let language: Language = "en";
let locale = "en-GB";
let plurals = new Intl.PluralRules(locale);
let numbers = new Intl.NumberFormat(locale);

/** Replaces the texts. `extra` adds an area of the same language instead. */
export function putTexts(next: Language, texts: Catalogue, extra = false): void {
  table = extra ? { ...table, ...texts } : texts;
  if (extra && next === language) return;
  language = next;
  locale = localeFor(next, typeof navigator === "undefined" ? [] : navigator.languages);
  plurals = new Intl.PluralRules(locale);
  numbers = new Intl.NumberFormat(locale);
}

/** For `Intl`: the language with the region that the browser names. */
export function formatLocale(): string {
  return locale;
}

export function formatNumber(n: number): string {
  return numbers.format(n);
}

/** A text of the chosen language. `n` picks the plural form and is written as the language writes numbers. */
export function t<K extends Key>(key: K, ...filling: Filling<Texts[K]>): string {
  const values: Readonly<Record<string, string | number>> = filling[0] ?? {};
  return pieces(key, values["n"]).map((piece) => {
    if (typeof piece === "string") return piece;
    const value = values[piece.name] ?? "";
    return typeof value === "number" ? numbers.format(value) : value;
  }).join("");
}

/** The same, with elements in its places: a name in bold, a button in the middle of a sentence. */
export function rich<K extends Key>(
  key: K,
  values: { readonly [N in NamesOf<Texts[K]>]: ReactNode },
): ReactNode {
  const given = values as Readonly<Record<string, ReactNode>>;
  const n = given["n"];
  const parts = pieces(key, typeof n === "number" ? n : undefined).map((piece) => {
    if (typeof piece === "string") return piece;
    const value = given[piece.name];
    return typeof value === "number" ? numbers.format(value) : value;
  });
  return createElement(Fragment, null, ...parts);
}

/** True for a key that comes from the outside, such as an error code. */
export function hasText(key: string): key is Key {
  return Object.prototype.hasOwnProperty.call(table, key);
}

/** Like `t`, for a key that was put together and then checked with `hasText`. */
export function textOf(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  return (t as (key: Key, values: Values<Entry>) => string)(key, values as Values<Entry>);
}

function pieces(key: string, n: unknown): (string | { readonly name: string })[] {
  const entry = table[key];
  return cut(typeof entry === "object" ? formOf(entry, n) : entry ?? key);
}

function formOf(entry: Exclude<Entry, string>, n: unknown): string {
  return entry[typeof n === "number" ? plurals.select(n) : "other"] ?? entry.other;
}

/** "a {b} c" in its parts. */
export function cut(text: string): (string | { readonly name: string })[] {
  return text.split(/(\{[a-z]+\})/i).filter((part) => part !== "").map((part) => {
    const name = /^\{([a-z]+)\}$/i.exec(part)?.[1];
    return name === undefined ? part : { name };
  });
}
