import {
  keepsMarks,
  merged,
  withChanges,
  withMark,
  withMessage,
  withRead,
  withTrim,
  withUnreadFrom,
} from "../conversations/book";
import { TypingBoard } from "../conversations/TypingBoard";
import type { Amendment, Deed } from "../messages/Amendments";
import { Amendments } from "../messages/Amendments";
import { History } from "../messages/History";
import type { Extras } from "../messages/Outbox";
import { Outbox } from "../messages/Outbox";
import { Receipts } from "../messages/Receipts";
import type { Chg, Conv, Hello, MarkEvent, Msg, Refusal, Trim, User } from "../socket/wire";
import type { ConvInfo } from "../socket/wireRooms";
import { Store } from "../ui/Store";
import type { ChatOptions } from "./ChatOptions";
import type { ChatState, MeChange } from "./chatState";
import { changedMap, changedMe, emptyState } from "./chatState";
import { digestOf } from "./digest";
import { DigestCheck } from "./DigestCheck";
import { ListSync } from "./ListSync";
import { withUser } from "./withUser";

const typingPause = 3_000;

/** A signed-in person's conversations: applies what the server says, asks for what is missing, sends what was written. */
export class Chat {
  readonly state: Store<ChatState>;
  private readonly history: History;
  private readonly outbox: Outbox;
  private readonly receipts: Receipts;
  private readonly typists: TypingBoard;
  private readonly amendments: Amendments;
  private readonly digest: DigestCheck;
  private readonly list: ListSync;
  /** Put back to unread by hand: not read again by being on screen. */
  private readonly keptUnread = new Set<string>();
  private epoch: string | undefined;
  private readonly sync = () => void this.list.ask();
  private touched = new Set<string>();
  private typingToldAt = new Map<string, number>();

  constructor(private readonly options: ChatOptions) {
    const { transport, storage, clock, newCid, random } = options;
    this.state = new Store(emptyState(options.me));
    this.list = new ListSync({
      transport,
      clock,
      epoch: () => this.epoch,
      begun: () => (this.touched = new Set()),
      came: (epoch, list) => this.apply(epoch, list),
    });
    this.history = new History(transport, clock, {
      counted: (c) => this.conv(c)?.seq ?? 0,
      revised: (c) => this.conv(c)?.rev ?? 0,
      count: (msg) => this.change(msg.c, (conv) => withMessage(conv, msg, this.me)),
      revise: (c, rev, msgs) => this.change(c, (conv) => withChanges(conv, rev, msgs)),
      kept: (c) => this.conv(c)?.minSeq ?? 1,
      trimmed: (c, minSeq) => this.trimmed(c, minSeq),
      wanted: (c) => this.firstUnread(c),
      changed: (c, window) => {
        this.patch({ windows: changedMap(this.state.get().windows, c, window) });
        this.releaseSent(c);
        this.amendments.settle(c, window?.rev ?? Infinity);
      },
      stale: () => this.sync(),
      gone: (c) => this.forget(c),
    });
    this.outbox = new Outbox({
      storage,
      clock,
      newCid,
      random,
      send: (payload) => transport.request("send", payload),
      upload: options.upload,
      changed: (outbox) => this.patch({ outbox }),
      accepted: ({ c }, { seq }) => {
        if (this.conv(c)) this.history.heardOf(c, seq); // the server's own words have come already, or are fetched
        this.releaseSent(c);
      },
    });
    this.receipts = new Receipts(transport, clock);
    this.amendments = new Amendments({
      transport,
      clock,
      random,
      newMid: newCid,
      changed: (amendments) => this.patch({ amendments }),
      accepted: ({ c }) => this.amendments.settle(c, this.state.get().windows.get(c)?.rev ?? Infinity),
      refused: (amendment, refusal) => this.amendmentRefused(amendment, refusal),
    });
    this.digest = new DigestCheck(clock, () => digestOf(this.state.get().convs.values()));
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
    for (const part of [this.outbox, this.receipts, this.amendments]) part.setOnline(true);
    this.digest.reset();
    this.history.catchUp();
    if (!nothingMissed) this.sync();
  }

  lost(): void {
    for (const part of [this.outbox, this.receipts, this.amendments]) part.setOnline(false);
    this.typists.clear();
  }

  event(name: string, payload: unknown): void {
    switch (name) {
      case "msg":
        this.receive(payload as Msg);
        break;
      case "chg":
        this.changed(payload as Chg);
        break;
      case "trim":
        if (this.conv((payload as Trim).c)) this.history.trim(payload as Trim);
        break;
      case "mark":
        this.mark(payload as MarkEvent);
        break;
      case "tick":
        if (this.state.get().ready && this.digest.differs((payload as { dig: string }).dig)) void this.list.ask("tick");
        break;
      case "resync":
        this.sync();
        break;
      case "typing": {
        const { c, u, name: who } = payload as { c: string; u: string; name: string };
        if (u !== this.me) this.typists.typing(c, { u, name: who });
        break;
      }
      case "conv":
        this.meet((payload as { conv: Conv }).conv);
        break;
      case "conv.info":
        this.describe((payload as ConvInfo).c, payload as ConvInfo);
        break;
      case "conv.gone":
        this.forget((payload as { c: string }).c);
        break;
      case "user":
        this.patch(withUser(this.state.get(), (payload as { user: User }).user));
    }
  }

  // -- what the person does --

  show(c: string | undefined): void {
    this.keptUnread.clear();
    this.history.show(c);
  }

  send(c: string, body: string, extras: Extras = {}): void {
    this.typingToldAt.delete(c);
    this.keptUnread.delete(c);
    this.outbox.add(c, body, extras);
    void this.history.bringNewest(c);
  }

  amend(c: string, seq: number, deed: Deed): void {
    this.amendments.add(c, seq, deed);
  }

  /** The refused edit has been taken back into a box where it can be changed. */
  takeRefusedEdit(): void {
    this.patch({ refusedEdit: undefined });
  }

  /** Puts my marker back so that `seq` is the first unread message, and leaves it there until I come again. */
  markUnreadFrom(c: string, seq: number): void {
    if (!this.conv(c)) return;
    this.keptUnread.add(c);
    this.change(c, (conv) => withUnreadFrom(conv, seq, this.state.get().windows.get(c), this.me));
    this.receipts.unreadFrom(c, seq, this.conv(c)?.rr ?? 0);
  }

  /** Brings the message on screen's reach, wherever it is. False when it is not there (or nobody can say). */
  bring(c: string, seq: number): Promise<boolean> {
    return this.history.bring(c, seq);
  }

  bringNewest(c: string): Promise<void> {
    return this.history.bringNewest(c);
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

  loadNewer(c: string): Promise<void> {
    return this.history.loadNewer(c);
  }

  sawUpTo(c: string, seq: number): void {
    const conv = this.conv(c);
    if (!conv || seq <= conv.read || this.keptUnread.has(c)) return;
    this.change(c, () => withRead(conv, seq, this.state.get().windows.get(c), this.me));
    this.receipts.sawUpTo(c, Math.min(seq, conv.seq));
  }

  typing(c: string): void {
    const now = this.options.clock.now();
    if (now - (this.typingToldAt.get(c) ?? 0) < typingPause) return;
    this.typingToldAt.set(c, now);
    this.options.transport.hint("typing", { c });
  }

  /** What I have changed about myself. */
  updateMe(change: MeChange): void {
    this.patch({ me: changedMe(this.state.get().me, change) });
  }

  /** What is newly true of a conversation: told to all its members alike, or my own arrangement before the server has it. */
  describe(c: string, news: Partial<Conv>): void {
    this.change(c, (conv) => ({ ...conv, ...news }));
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
    this.amendments.stop();
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
    // A first list that is on its way may be older than this message: it is asked for once more.
    if (!conv) return this.state.get().ready || this.list.isAsking ? this.sync() : undefined;
    this.typists.stopped(msg.c, msg.from);
    this.history.receive(msg);
    if (msg.from === this.me && msg.cid && this.isShown(msg)) this.outbox.settle(msg.cid);
    this.tellGot(msg.c);
  }

  /** An own message leaves the outbox when the history shows it, or has no window to show it in. */
  private isShown({ c, seq }: Msg): boolean {
    const window = this.state.get().windows.get(c);
    return !window?.last || window.msgs.some((other) => other.seq === seq);
  }

  private releaseSent(c: string): void {
    const window = this.state.get().windows.get(c);
    const newest = window?.msgs[window.msgs.length - 1];
    this.outbox.release(c, window?.last ? newest?.seq ?? 0 : Infinity);
  }

  private firstUnread(c: string): number | undefined {
    const conv = this.conv(c);
    return conv && (conv.unread > 0 ? conv.read + 1 : conv.seq);
  }

  private changed(chg: Chg): void {
    if (!this.conv(chg.c)) return;
    this.history.change(chg);
    if (chg.k === "pin") this.patch({ pinNews: changedMap(this.state.get().pinNews, chg.c, chg.rev) });
  }

  /** Whoever had not read what is gone is told by the list how much is left to read. */
  private trimmed(c: string, minSeq: number): void {
    const conv = this.conv(c);
    if (!conv || minSeq <= (conv.minSeq ?? 1)) return;
    this.put(withTrim(conv, minSeq));
    if (conv.read < minSeq - 1) this.sync();
  }

  private mark(event: MarkEvent): void {
    const before = this.conv(event.c);
    if (!before) return;
    this.put(withMark(before, event, this.me));
    this.history.heardOf(event.c, Math.max(event.read ?? 0, event.got ?? 0));
    if ((this.conv(event.c)?.read ?? 0) < before.read) this.keptUnread.add(event.c); // by hand, on another device
  }

  private amendmentRefused(amendment: Amendment, refusal: Refusal): void {
    if (amendment.kind === "edit") {
      const { c, seq, body } = amendment;
      this.patch({ refusedEdit: { c, seq, body, code: refusal.code } });
    }
    this.options.refused?.(amendment, refusal);
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
    for (const { c, read } of list) {
      const here = this.conv(c);
      if (!here || here.read <= read) continue;
      this.receipts.forget(c); // what was said of it did not arrive
      this.receipts.sawUpTo(c, here.read);
    }
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

  private change(c: string, to: (conv: Conv) => Conv): void {
    const conv = this.conv(c);
    if (conv) this.put(to(conv));
  }

  private put(conv: Conv): void {
    this.patch({ convs: changedMap(this.state.get().convs, conv.c, conv) });
  }

  private patch(part: Partial<ChatState>): void {
    this.state.set({ ...this.state.get(), ...part });
    if (part.convs) this.digest.look();
  }
}
