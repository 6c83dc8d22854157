import { byActivity, keepsMarks, merged, withMark, withMessage, withRead } from "../conversations/book";
import { TypingBoard } from "../conversations/TypingBoard";
import { History } from "../messages/History";
import type { OutboxItem } from "../messages/Outbox";
import { Outbox } from "../messages/Outbox";
import type { OutboxStorage } from "../messages/OutboxStorage";
import { Receipts } from "../messages/Receipts";
import type { Clock } from "../socket/Clock";
import type { Transport } from "../socket/Transport";
import type { Conv, Hello, MarkEvent, Msg, User } from "../socket/wire";
import { Store } from "../ui/Store";
import type { ChatState } from "./chatState";
import { changedMap, emptyState } from "./chatState";

export interface ChatOptions {
  readonly me: User;
  readonly transport: Transport;
  readonly storage: OutboxStorage;
  readonly clock: Clock;
  readonly newCid: () => string;
  readonly random: () => number;
  /** A conversation is no longer mine: leave its screen. */
  readonly left?: (c: string) => void;
}

const typingPause = 3_000;
const syncRepeat = 2_000;

/** A signed-in person's conversations: applies what the server says, asks for what is missing, sends what was written. */
export class Chat {
  readonly state: Store<ChatState>;
  private readonly history: History;
  private readonly outbox: Outbox;
  private readonly receipts: Receipts;
  private readonly typists: TypingBoard;
  private epoch: string | undefined;
  private syncing = false;
  private syncAgain = false;
  private touched = new Set<string>();
  private typingToldAt = new Map<string, number>();

  constructor(private readonly options: ChatOptions) {
    const { transport, storage, clock, newCid, random } = options;
    this.state = new Store(emptyState(options.me));
    this.history = new History(transport, clock, {
      counted: (c) => this.conv(c)?.seq ?? 0,
      count: (msg) => this.change(msg.c, (conv) => withMessage(conv, msg, this.me)),
      wanted: (c) => this.firstUnread(c),
      changed: (c, window) => {
        this.patch({ windows: changedMap(this.state.get().windows, c, window) });
        this.releaseSent(c);
      },
      stale: () => void this.sync(),
      gone: (c) => this.forget(c),
    });
    this.outbox = new Outbox({
      storage,
      clock,
      newCid,
      random,
      send: (payload) => transport.request("send", payload),
      changed: (outbox) => this.patch({ outbox }),
      accepted: (item, answer) => this.receive(this.ownMessage(item, answer)),
    });
    this.receipts = new Receipts(transport, clock);
    this.typists = new TypingBoard(
      clock,
      (c, list) => this.patch({ typing: changedMap(this.state.get().typing, c, list.length > 0 ? list : undefined) }),
    );
  }

  // -- what the connection reports --

  hello(hello: Hello): void {
    this.patch({
      me: { ...this.state.get().me, ...hello.me },
      longest: hello.limits?.body ?? this.state.get().longest,
    });
    const nothingMissed = hello.recovered && this.state.get().ready && hello.epoch === this.epoch;
    this.enter(hello.epoch);
    this.outbox.setOnline(true);
    this.receipts.setOnline(true);
    this.history.catchUp();
    if (!nothingMissed) void this.sync();
  }

  lost(): void {
    this.outbox.setOnline(false);
    this.receipts.setOnline(false);
    this.typists.clear();
  }

  event(name: string, payload: unknown): void {
    switch (name) {
      case "msg":
        this.receive(payload as Msg);
        break;
      case "mark":
        this.change((payload as MarkEvent).c, (conv) => withMark(conv, payload as MarkEvent, this.me));
        break;
      case "typing": {
        const { c, u, name: who } = payload as { c: string; u: string; name: string };
        if (u !== this.me) this.typists.typing(c, { u, name: who });
        break;
      }
      case "conv":
        this.meet((payload as { conv: Conv }).conv);
        break;
      case "conv.gone":
        this.forget((payload as { c: string }).c);
        break;
    }
  }

  // -- what the person does --

  show(c: string | undefined): void {
    this.history.show(c);
  }

  send(c: string, body: string): void {
    this.typingToldAt.delete(c);
    this.outbox.add(c, body);
  }

  retry(cid: string): void {
    this.outbox.retry(cid);
  }

  discard(cid: string): void {
    this.outbox.discard(cid);
  }

  /** Takes over unsent messages of an earlier page. Without a readable storage there are none. */
  async adoptStored(): Promise<void> {
    this.outbox.adopt(await this.options.storage.load().catch(() => []));
  }

  loadOlder(c: string): Promise<void> {
    return this.history.loadOlder(c);
  }

  sawUpTo(c: string, seq: number): void {
    const conv = this.conv(c);
    if (!conv || seq <= conv.read) return;
    this.change(c, () => withRead(conv, seq, this.state.get().windows.get(c), this.me));
    this.receipts.sawUpTo(c, Math.min(seq, conv.seq));
  }

  typing(c: string): void {
    const now = this.options.clock.now();
    if (now - (this.typingToldAt.get(c) ?? 0) < typingPause) return;
    this.typingToldAt.set(c, now);
    this.options.transport.hint("typing", { c });
  }

  /** Adds or refreshes a conversation that an answer of the server brought. */
  meet(conv: Conv): void {
    this.touched.add(conv.c);
    this.put(merged(this.conv(conv.c), conv));
    this.history.catchUp();
  }

  forget(c: string): void {
    this.touched.add(c);
    this.history.drop(c);
    const { convs } = this.state.get();
    if (!convs.has(c)) return;
    this.patch({ convs: changedMap(convs, c, undefined) });
    this.options.left?.(c);
  }

  /** The page may be going away: say what is still unsaid. */
  flush(): void {
    this.receipts.flush();
  }

  stop(): void {
    this.outbox.stop();
    this.receipts.stop();
    this.typists.clear();
  }

  // -- inside --

  private get me(): string {
    return this.options.me.u;
  }

  private conv(c: string): Conv | undefined {
    return this.state.get().convs.get(c);
  }

  private receive(msg: Msg): void {
    const conv = this.conv(msg.c);
    if (!conv) {
      if (this.state.get().ready) void this.sync();
      return;
    }
    this.typists.stopped(msg.c, msg.from);
    this.history.receive(msg);
    if (msg.from === this.me && msg.cid && this.isShown(msg)) this.outbox.settle(msg.cid);
    this.tellGot(msg.c);
  }

  /** An own message leaves the outbox when the history shows it, or has no window to show it in. */
  private isShown(msg: Msg): boolean {
    const window = this.state.get().windows.get(msg.c);
    return !window || window.msgs.some((other) => other.seq === msg.seq);
  }

  private releaseSent(c: string): void {
    const window = this.state.get().windows.get(c);
    const newest = window?.msgs[window.msgs.length - 1];
    this.outbox.release(c, window ? newest?.seq ?? 0 : Infinity);
  }

  private firstUnread(c: string): number | undefined {
    const conv = this.conv(c);
    return conv && (conv.unread > 0 ? conv.read + 1 : conv.seq);
  }

  private tellGot(c: string): void {
    const conv = this.conv(c);
    if (conv && keepsMarks(conv) && conv.seq > conv.got && conv.last?.from !== this.me) {
      this.receipts.gotUpTo(c, conv.seq);
    }
  }

  private enter(epoch: string): void {
    if (this.epoch !== undefined && this.epoch !== epoch) {
      this.history.dropAll();
      this.patch({ convs: new Map(), ready: false });
    }
    this.epoch = epoch;
  }

  /** One at a time; a call while one is under way makes another one follow. */
  private async sync(): Promise<void> {
    if (this.syncing) {
      this.syncAgain = true;
      return;
    }
    this.syncing = true;
    this.touched = new Set();
    const answer = await this.options.transport.request("sync", this.epoch === undefined ? {} : { epoch: this.epoch });
    this.syncing = false;
    if (answer.ok) this.apply(answer.epoch, answer.convs);
    else if (answer.code !== "offline") this.options.clock.after(answer.after ?? syncRepeat, () => void this.sync());
    if (answer.ok && this.syncAgain) {
      this.syncAgain = false;
      void this.sync();
    }
  }

  private apply(epoch: string, list: readonly Conv[]): void {
    this.enter(epoch);
    const before = this.state.get().convs;
    const convs = new Map(list.map((conv) => [conv.c, merged(before.get(conv.c), conv)]));
    for (const c of this.touched) {
      const known = before.get(c); // what an event said while the answer was on its way is newer
      if (known) convs.set(c, merged(known, convs.get(c) ?? known));
      else convs.delete(c);
    }
    this.patch({ convs, ready: true });
    for (const c of before.keys()) if (!convs.has(c)) this.leave(c);
    this.history.catchUp();
    for (const c of convs.keys()) {
      this.releaseSent(c);
      this.tellGot(c);
    }
  }

  private leave(c: string): void {
    this.history.drop(c);
    this.options.left?.(c);
  }

  private ownMessage(item: OutboxItem, answer: { seq: number; ts: number; id: string }): Msg {
    const { c, cid, body } = item;
    return {
      c,
      cid,
      body,
      seq: answer.seq,
      ts: answer.ts,
      id: answer.id,
      from: this.me,
      name: this.state.get().me.name,
      kind: "text",
    };
  }

  private change(c: string, to: (conv: Conv) => Conv): void {
    const conv = this.conv(c);
    if (conv) this.put(to(conv));
  }

  private put(conv: Conv): void {
    this.patch({ convs: changedMap(this.state.get().convs, conv.c, conv) });
  }

  private patch(part: Partial<ChatState>): void {
    this.state.set({ ...this.state.get(), ...part });
  }
}

/** The conversations of the list, newest activity first. A direct one without a message is listed only while it is open. */
export function listed(convs: ReadonlyMap<string, Conv>, open: string | undefined): Conv[] {
  return [...convs.values()].filter((conv) => conv.seq > 0 || conv.kind !== "direct" || conv.c === open).sort(
    byActivity,
  );
}
