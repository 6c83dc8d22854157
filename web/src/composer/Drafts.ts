import { readItem, writeItem } from "../ui/localItems";
import { Store } from "../ui/Store";

const key = (user: string) => `parley.drafts.${user}`;
const pause = 300;

/** What a person has begun to write, per conversation; kept on this device, written to it on every pause. */
export class Drafts {
  readonly store: Store<ReadonlyMap<string, string>>;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly user: string) {
    this.store = new Store(parse(readItem(key(user))));
  }

  get(c: string): string {
    return this.store.get().get(c) ?? "";
  }

  set(c: string, text: string): void {
    if (text === this.get(c)) return;
    const drafts = new Map(this.store.get());
    if (text.trim() === "") drafts.delete(c);
    else drafts.set(c, text);
    this.store.set(drafts);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  save(): void {
    clearTimeout(this.timer);
    const drafts = this.store.get();
    writeItem(key(this.user), drafts.size > 0 ? JSON.stringify([...drafts]) : undefined);
  }

  forget(): void {
    this.store.set(new Map());
    this.save();
  }
}

function parse(text: string | undefined): ReadonlyMap<string, string> {
  try {
    const list: unknown = JSON.parse(text ?? "[]");
    const isDraft = (entry: unknown): entry is [string, string] =>
      Array.isArray(entry) && entry.length === 2 && entry.every((part) => typeof part === "string");
    return new Map(Array.isArray(list) ? list.filter(isDraft) : []);
  } catch {
    return new Map();
  }
}
