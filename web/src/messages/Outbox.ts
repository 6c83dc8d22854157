import { backoff } from "../socket/backoff";
import type { Clock } from "../socket/Clock";
import type { Answer, FileInfo, Refusal, Requests } from "../socket/wire";
import type { OutboxStorage, StoredFile, StoredMessage } from "./OutboxStorage";

/** What a message can carry besides its text. */
export type Extras = Pick<StoredMessage, "reply" | "files">;

/**
 *   waiting --attempt--> sending --ok--> sent (until the history shows it)
 *      ^                    |  |
 *      +---- retry:true ----+  +-- retry:false --> failed --retry--> waiting
 */
export interface OutboxItem extends StoredMessage {
  readonly state: "waiting" | "sending" | "sent" | "failed";
  readonly tries: number;
  /** Its place in the conversation, once sent. */
  readonly seq?: number;
}

export interface OutboxOptions {
  readonly storage: OutboxStorage;
  readonly clock: Clock;
  readonly send: (payload: Requests["send"]["payload"]) => Promise<Answer<"send">>;
  /** Brings a file to the server; done at once when it is there already. */
  readonly upload: (file: StoredFile) => Promise<{ readonly ok: true; readonly file: FileInfo } | Refusal>;
  readonly newCid: () => string;
  readonly random: () => number;
  readonly changed: (items: readonly OutboxItem[]) => void;
  /** The server has it on disk. Called before the item leaves the outbox. */
  readonly accepted: (item: OutboxItem, answer: { seq: number; ts: number; id: string }) => void;
}

/** A broken storage may not hold up a message longer than this. */
const storagePatience = 300;

/** Unsent messages: one in flight per conversation and in order, conversations side by side, repeated until they are on disk. */
export class Outbox {
  private items: readonly OutboxItem[] = [];
  private readonly notBefore = new Map<string, number>();
  private readonly stored = new Map<string, Promise<void>>();
  private online = false;
  private stopped = false;
  private cancelTimer: () => void = () => {};

  constructor(private readonly options: OutboxOptions) {}

  /** Takes a new message. It is in the list before this returns. */
  add(c: string, body: string, extras: Extras = {}): void {
    const { clock, newCid, storage } = this.options;
    const message: StoredMessage = { ...extras, cid: newCid(), c, body, at: clock.now() };
    this.stored.set(message.cid, patiently(storage.put(message), clock));
    this.set([...this.items, { ...message, state: "waiting", tries: 0 }]);
    this.pump();
  }

  /** Takes over what an earlier page left behind. Sending one twice is harmless: the server knows the cid. */
  adopt(messages: readonly StoredMessage[]): void {
    const known = new Set(this.items.map(({ cid }) => cid));
    const fresh = messages.filter(({ cid }) => !known.has(cid)).sort((a, b) => a.at - b.at);
    if (fresh.length === 0) return;
    const adopted = fresh.map((message): OutboxItem => ({
      ...message,
      state: message.problem ? "failed" : "waiting",
      tries: 0,
    }));
    this.set([...adopted, ...this.items]);
    this.pump();
  }

  setOnline(online: boolean): void {
    this.online = online;
    if (online) this.notBefore.clear();
    this.pump();
  }

  /** The history came with this message: it is on the server, whatever became of the answer. */
  settle(cid: string): void {
    if (!this.items.some((item) => item.cid === cid)) return;
    this.forget(cid);
    this.pump();
  }

  /** Lets go of sent messages that the history of their conversation covers up to `top`. */
  release(c: string, top: number): void {
    const kept = this.items.filter((item) => item.c !== c || item.state !== "sent" || (item.seq ?? 0) > top);
    if (kept.length !== this.items.length) this.set(kept);
  }

  retry(cid: string): void {
    const item = this.find(cid);
    if (item?.state !== "failed") return;
    const { problem: _, ...message } = item;
    this.replace({ ...message, state: "waiting", tries: 0 });
    this.keep(storedOf(message));
    this.pump();
  }

  discard(cid: string): void {
    if (this.find(cid)?.state !== "failed") return;
    this.forget(cid);
    this.pump();
  }

  stop(): void {
    this.stopped = true;
    this.cancelTimer();
  }

  private pump(): void {
    this.cancelTimer();
    if (!this.online || this.stopped) return;
    const now = this.options.clock.now();
    const heads = new Map<string, OutboxItem>();
    for (const item of this.items) {
      if ((item.state === "waiting" || item.state === "sending") && !heads.has(item.c)) heads.set(item.c, item);
    }
    let next = Infinity;
    for (const head of heads.values()) {
      if (head.state === "sending") continue;
      const due = this.notBefore.get(head.c) ?? 0;
      if (due <= now) void this.attempt(head);
      else next = Math.min(next, due);
    }
    if (next !== Infinity) this.cancelTimer = this.options.clock.after(next - now, () => this.pump());
  }

  private async attempt(head: OutboxItem): Promise<void> {
    const tries = head.tries + 1;
    this.replace({ ...head, state: "sending", tries });
    await this.stored.get(head.cid);
    if (this.stopped) return;
    const answer = await this.deliver(head);
    const item = this.find(head.cid);
    if (!item || item.state !== "sending" || this.stopped) return; // settled by the message itself meanwhile
    if (answer.ok) this.accept(item, answer);
    else if (answer.retry) {
      this.postpone(item, answer.code === "offline" ? 0 : answer.after ?? backoff(tries, this.options.random()));
    } else this.fail(item, { code: answer.code, message: answer.message });
    this.pump();
  }

  /** The files first, one after the other; then the message that names them. */
  private async deliver(head: OutboxItem): Promise<Answer<"send">> {
    const files: string[] = [];
    for (const file of head.files ?? []) {
      const answer = file.done ? { ok: true as const, file: file.done } : await this.options.upload(file);
      if (!answer.ok) return answer;
      files.push(answer.file.f);
      this.note(head.cid, file.id, answer.file);
    }
    const { c, cid, body, reply } = head;
    return this.options.send({ c, cid, body, ...(reply && { reply: reply.seq }), ...(files.length > 0 && { files }) });
  }

  /** Remembers that a file has arrived. */
  private note(cid: string, id: string, done: FileInfo): void {
    const item = this.find(cid);
    if (!item?.files) return;
    this.replace({ ...item, files: item.files.map((file) => (file.id === id ? { ...file, done } : file)) });
  }

  private accept(item: OutboxItem, answer: { seq: number; ts: number; id: string }): void {
    const sent: OutboxItem = { ...item, state: "sent", seq: answer.seq };
    this.replace(sent);
    this.unkeep(item.cid);
    this.options.accepted(sent, answer);
  }

  private postpone(item: OutboxItem, delay: number): void {
    this.notBefore.set(item.c, this.options.clock.now() + delay);
    this.replace({ ...item, state: "waiting" });
  }

  private fail(item: OutboxItem, problem: { code: string; message: string }): void {
    this.replace({ ...item, state: "failed", problem });
    this.keep({ ...storedOf(item), problem });
  }

  private keep(message: StoredMessage): void {
    this.stored.set(message.cid, patiently(this.options.storage.put(message), this.options.clock));
  }

  private unkeep(cid: string): void {
    this.stored.delete(cid);
    // A copy that cannot be removed is sent once more after a reload, and the server answers with the first result.
    this.options.storage.remove(cid).catch(() => undefined);
  }

  private forget(cid: string): void {
    this.unkeep(cid);
    this.set(this.items.filter((item) => item.cid !== cid));
  }

  private find(cid: string): OutboxItem | undefined {
    return this.items.find((item) => item.cid === cid);
  }

  private replace(item: OutboxItem): void {
    this.set(this.items.map((other) => (other.cid === item.cid ? item : other)));
  }

  private set(items: readonly OutboxItem[]): void {
    this.items = items;
    this.options.changed(items);
  }
}

function storedOf({ cid, c, body, at, reply, files }: StoredMessage): StoredMessage {
  return { cid, c, body, at, ...(reply && { reply }), ...(files && { files }) };
}

/** Done when the promise is, however it ends, and at the latest after the patience of the storage. */
function patiently(work: Promise<void>, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(storagePatience, resolve);
    const done = () => {
      cancel();
      resolve();
    };
    work.then(done, done);
  });
}
