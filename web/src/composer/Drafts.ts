import type { StoredFile } from "../messages/OutboxStorage";
import type { ReplyInfo } from "../socket/wire";
import { readItem, writeItem } from "../ui/localItems";
import { Store } from "../ui/Store";

/** A message of mine that is being changed. */
export interface EditDraft {
  readonly seq: number;
  /** The version that the change was begun from. */
  readonly base: number;
  readonly text: string;
  /** It was changed on another device in the meantime: both versions are shown. */
  readonly conflict?: boolean;
}

type ByConversation<T> = ReadonlyMap<string, T>;

const key = (user: string) => `parley.drafts.${user}`;
const replyKey = (user: string) => `parley.replies.${user}`;
const pause = 300;

/**
 * What a person has begun to write, per conversation. Texts and what they answer are kept on this device, written to it on
 * every pause; begun edits and attached files live as long as the page.
 */
export class Drafts {
  readonly store: Store<ByConversation<string>>;
  readonly replies: Store<ByConversation<ReplyInfo>>;
  readonly edits = new Store<ByConversation<EditDraft>>(new Map());
  readonly files = new Store<ByConversation<readonly StoredFile[]>>(new Map());
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly user: string) {
    this.store = new Store(parse(readItem(key(user)), (value): value is string => typeof value === "string"));
    this.replies = new Store(parse(readItem(replyKey(user)), isReply));
  }

  get(c: string): string {
    return this.store.get().get(c) ?? "";
  }

  set(c: string, text: string): void {
    if (text === this.get(c)) return;
    put(this.store, c, text.trim() === "" ? undefined : text);
    this.saveSoon();
  }

  reply(c: string, to: ReplyInfo | undefined): void {
    put(this.replies, c, to);
    if (to) put(this.edits, c, undefined);
    this.saveSoon();
  }

  edit(c: string, draft: EditDraft | undefined): void {
    put(this.edits, c, draft);
  }

  attach(c: string, files: readonly StoredFile[]): void {
    put(this.files, c, [...(this.files.get().get(c) ?? []), ...files]);
  }

  /** The attached file as it is now, if it has not been taken away meanwhile. */
  renew(c: string, file: StoredFile): void {
    const list = this.files.get().get(c);
    if (list) put(this.files, c, list.map((other) => (other.id === file.id ? file : other)));
  }

  detach(c: string, id?: string): void {
    const rest = id === undefined ? [] : (this.files.get().get(c) ?? []).filter((file) => file.id !== id);
    put(this.files, c, rest.length > 0 ? rest : undefined);
  }

  save(): void {
    clearTimeout(this.timer);
    const [drafts, replies] = [this.store.get(), this.replies.get()];
    writeItem(key(this.user), drafts.size > 0 ? JSON.stringify([...drafts]) : undefined);
    writeItem(replyKey(this.user), replies.size > 0 ? JSON.stringify([...replies]) : undefined);
  }

  forget(): void {
    this.store.set(new Map());
    this.replies.set(new Map());
    this.edits.set(new Map());
    this.files.set(new Map());
    this.save();
  }

  private saveSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }
}

function put<T>(store: Store<ByConversation<T>>, c: string, value: T | undefined): void {
  if (value === undefined && !store.get().has(c)) return;
  const copy = new Map(store.get());
  if (value === undefined) copy.delete(c);
  else copy.set(c, value);
  store.set(copy);
}

function parse<T>(text: string | undefined, fits: (value: unknown) => value is T): ByConversation<T> {
  try {
    const list: unknown = JSON.parse(text ?? "[]");
    const isDraft = (entry: unknown): entry is [string, T] =>
      Array.isArray(entry) && entry.length === 2 && typeof entry[0] === "string" && fits(entry[1]);
    return new Map(Array.isArray(list) ? list.filter(isDraft) : []);
  } catch {
    return new Map();
  }
}

function isReply(value: unknown): value is ReplyInfo {
  const { seq, from, name, body } = (value ?? {}) as Partial<ReplyInfo>;
  return typeof seq === "number" && [from, name, body].every((part) => typeof part === "string");
}
