// A device of a person: the web client's own state and connection, without its screens, and with a watch over what they show.
import { Chat } from "../../web/src/app/Chat";
import { newCid } from "../../web/src/messages/cid";
import type { OutboxStorage, StoredMessage } from "../../web/src/messages/OutboxStorage";
import type { Clock } from "../../web/src/socket/Clock";
import { Connection } from "../../web/src/socket/Connection";
import { SocketLine } from "../../web/src/socket/SocketLine";
import type { Transport } from "../../web/src/socket/Transport";
import type { User } from "../../web/src/socket/wire";

export interface DeviceOptions {
  url: string;
  token: string;
  me: User;
  transports: string[];
  /** How many times faster than life the client's own timers run. */
  haste: number;
}

/** What stays on a device when its page is closed. */
class Drawer implements OutboxStorage {
  private readonly messages = new Map<string, StoredMessage>();

  load(): Promise<StoredMessage[]> {
    return Promise.resolve([...this.messages.values()]);
  }

  put(message: StoredMessage): Promise<void> {
    this.messages.set(message.cid, message);
    return Promise.resolve();
  }

  remove(cid: string): Promise<void> {
    this.messages.delete(cid);
    return Promise.resolve();
  }
}

class HastyClock implements Clock {
  constructor(private readonly haste: number) {}

  now(): number {
    return performance.timeOrigin + performance.now() * this.haste;
  }

  after(milliseconds: number, work: () => void): () => void {
    const timer = setTimeout(work, milliseconds / this.haste);
    return () => clearTimeout(timer);
  }
}

class HastyLine extends SocketLine {
  constructor(private readonly options: DeviceOptions) {
    super(options.url, {
      auth: { token: options.token },
      transports: options.transports,
      timeout: 10_000 / options.haste,
    });
  }

  override request(event: string, payload: object, milliseconds: number): Promise<unknown> {
    return super.request(event, payload, milliseconds / this.options.haste);
  }
}

export class Device {
  /** What the watch saw that must never be. */
  readonly violations: string[] = [];
  /** [cid, seq] of every message that the server acknowledged to this device. */
  readonly acknowledged: [string, number][] = [];
  /** cid -> what was written. */
  readonly written = new Map<string, { c: string; body: string }>();
  private readonly drawer = new Drawer();
  private readonly reads = new Map<string, number>();
  private chat!: Chat;
  private connection!: Connection;
  private looking: string | undefined;

  constructor(private readonly options: DeviceOptions) {
    this.open();
  }

  /** The page is loaded: nothing is left of the last one but what the drawer holds. */
  open(): void {
    this.reads.clear();
    const clock = new HastyClock(this.options.haste);
    const connection = new Connection(new HastyLine(this.options), clock, {
      hello: (hello) => {
        chat.hello(hello);
        void chat.adoptStored();
      },
      lost: () => chat.lost(),
      event: (name, payload) => chat.event(name, payload),
      unauthorized: () => this.violations.push("the session was refused"),
    });
    const chat = new Chat({
      me: this.options.me,
      transport: this.listening(connection),
      storage: this.drawer,
      clock,
      newCid: () => newCid(),
      random: Math.random,
    });
    this.chat = chat;
    this.connection = connection;
    chat.state.subscribe(() => this.watch(chat));
    connection.start();
    if (this.looking !== undefined) chat.show(this.looking);
  }

  close(): void {
    this.chat.flush();
    this.connection.stop();
    this.chat.stop();
  }

  reload(): void {
    this.close();
    this.open();
  }

  write(c: string, body: string): void {
    const known = new Set(this.chat.state.get().outbox.map(({ cid }) => cid));
    this.chat.send(c, body);
    const mine = this.chat.state.get().outbox.find((item) => !known.has(item.cid) && item.body === body);
    if (mine) this.written.set(mine.cid, { c, body });
    else this.violations.push(`not in the outbox: ${body}`);
  }

  /** The conversation is on the screen, and read up to its end, until another one is. */
  look(c: string | undefined): void {
    this.looking = c;
    this.chat.show(c);
    this.readOn(this.chat);
  }

  retryNow(): void {
    this.connection.retryNow();
  }

  /** Everything older too, of the conversation that is looked at. */
  async loadAll(c: string): Promise<void> {
    for (let page = 0; page < 200; page += 1) {
      const window = this.chat.state.get().windows.get(c);
      if (!window || window.first) return;
      await this.chat.loadOlder(c);
    }
  }

  report(): object {
    const { ready, convs, windows, outbox } = this.chat.state.get();
    return {
      online: this.connection.status.get().phase === "online",
      ready,
      convs: Object.fromEntries(
        [...convs.values()].map(({ c, seq, rev, read, unread }) => [c, { seq, rev, read, unread }]),
      ),
      windows: Object.fromEntries(
        [...windows].map(([c, { first, msgs }]) => [c, { first, msgs }]),
      ),
      outbox: outbox.map(({ cid, c, state }) => ({ cid, c, state })),
      violations: this.violations,
      acknowledged: this.acknowledged,
      written: Object.fromEntries(this.written),
    };
  }

  private listening(transport: Transport): Transport {
    return {
      request: async (event, payload) => {
        const answer = await transport.request(event, payload);
        if (event === "send" && answer.ok) {
          const { cid } = payload as { cid: string };
          this.acknowledged.push([cid, (answer as unknown as { seq: number }).seq]);
        }
        return answer;
      },
      hint: (event, payload) => transport.hint(event, payload),
    };
  }

  private watch(chat: Chat): void {
    if (chat !== this.chat) return;
    const { convs, windows } = chat.state.get();
    for (const [c, { msgs }] of windows) {
      const cids = new Set<string>();
      msgs.forEach((msg, place) => {
        const before = msgs[place - 1];
        if (before && msg.seq !== before.seq + 1) this.violate(`${c}: ${msg.seq} shown after ${before.seq}`);
        if (msg.cid && cids.has(msg.cid)) this.violate(`${c}: ${msg.cid} shown twice`);
        if (msg.cid) cids.add(msg.cid);
      });
    }
    for (const { c, read } of convs.values()) {
      const before = this.reads.get(c) ?? 0;
      if (read < before) this.violate(`${c}: the read marker moved back from ${before} to ${read}`);
      this.reads.set(c, Math.max(before, read));
    }
    queueMicrotask(() => this.readOn(chat));
  }

  private readOn(chat: Chat): void {
    if (this.looking === undefined || chat !== this.chat) return;
    const msgs = chat.state.get().windows.get(this.looking)?.msgs;
    const newest = msgs?.[msgs.length - 1];
    if (newest) chat.sawUpTo(this.looking, newest.seq);
  }

  private violate(what: string): void {
    if (this.violations.length < 20) this.violations.push(what);
  }
}
