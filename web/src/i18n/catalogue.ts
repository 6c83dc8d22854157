/** The forms of one text for different numbers; which of them a language uses is `Intl.PluralRules`' business. */
export interface Plural {
  readonly zero?: string;
  readonly one?: string;
  readonly two?: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}

export type Entry = string | Plural;
export type Catalogue = Readonly<Record<string, Entry>>;

/** The same keys as the English catalogue, with a text where it has a text and forms where it has forms. */
export type Translation<C> = { readonly [K in keyof C]: C[K] extends string ? string : Plural };

/** "{name} is in {room}" gives "name" | "room". */
type NamesIn<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

export type NamesOf<E> = E extends string ? NamesIn<E>
  : E extends { readonly other: infer Other } ? "n" | NamesIn<Other>
  : never;

export type Values<E> = { readonly [N in NamesOf<E>]: string | number };

/** Nothing for a plain text, one object for a text with places to fill. */
export type Filling<E> = [NamesOf<E>] extends [never] ? [] : [values: Values<E>];
