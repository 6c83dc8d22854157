import { Chat } from "../app/Chat";
import { totalUnread } from "../app/chatState";
import { replaceWith, route } from "../app/route";
import { whenLeader } from "../app/whenLeader";
import { Arrangement } from "../conversations/Arrangement";
import { newCid } from "../messages/cid";
import { Uploads } from "../composer/Uploads";
import { IndexedOutboxStorage } from "../messages/IndexedOutboxStorage";
import { refusalText } from "../messages/refusalText";
import { Attention } from "../notices/Attention";
import { Presence } from "../people/Presence";
import { Connection } from "../socket/Connection";
import { systemClock } from "../socket/Clock";
import { SocketLine } from "../socket/SocketLine";
import type { User } from "../socket/wire";
import type { PresenceEntry } from "../socket/wireRooms";
import { toast } from "../ui/toast";

/** Everything that lives as long as somebody is signed in. */
export class ChatSession {
  readonly chat: Chat;
  readonly connection: Connection;
  readonly uploads = new Uploads();
  readonly presence: Presence;
  readonly arrangement: Arrangement;
  private readonly attention: Attention;
  private readonly storage: IndexedOutboxStorage;
  private readonly ends: (() => void)[] = [];
  private leads = false;

  constructor(me: User, unauthorized: () => void) {
    this.storage = new IndexedOutboxStorage(me.u);
    this.connection = new Connection(new SocketLine(), systemClock, {
      hello: (hello) => {
        this.chat.hello(hello);
        this.presence.online();
        this.attention.online();
        if (this.leads) void this.chat.adoptStored(); // what a closed tab left behind
      },
      lost: () => {
        this.chat.lost();
        this.presence.offline();
      },
      event: (name, payload) => {
        if (name === "pres") this.presence.told((payload as { list: PresenceEntry[] }).list);
        this.attention.event(name, payload); // before it counts as known
        this.chat.event(name, payload);
      },
      unauthorized,
    });
    this.chat = new Chat({
      me,
      transport: this.connection,
      storage: this.storage,
      clock: systemClock,
      newCid: () => newCid(),
      random: Math.random,
      upload: (file) => this.uploads.bring(file),
      refused: (_, refusal) => toast(refusalText(refusal)),
      left: (c) => {
        const now = route.get();
        if (now.kind === "conversation" && now.c === c) replaceWith("/");
      },
    });
    this.presence = new Presence(this.connection, systemClock);
    this.arrangement = new Arrangement(this.chat, this.connection, toast);
    this.attention = new Attention(this.chat, this.connection);
  }

  start(): void {
    this.attention.start();
    const lead = () => {
      this.leads = true;
      this.attention.leads = true;
      void this.chat.adoptStored();
    };
    this.ends.push(whenLeader(`parley-outbox-${this.chat.state.get().me.u}`, lead));
    this.listen(window, "online", () => this.connection.retryNow());
    this.listen(window, "pagehide", () => this.chat.flush());
    this.ends.push(this.chat.state.subscribe(() => this.badge()));
    this.connection.start();
  }

  stop(): void {
    for (const end of this.ends.splice(0)) end();
    this.connection.stop();
    this.chat.stop();
    this.attention.stop();
    this.presence.stop();
    void appBadge(0);
  }

  /** For signing out: unsent messages do not stay on the device. */
  async clearStored(): Promise<void> {
    await this.storage.clear().catch(() => undefined);
  }

  private badge(): void {
    void appBadge(totalUnread(this.chat.state.get()));
  }

  private listen(target: EventTarget, name: string, work: () => void): void {
    target.addEventListener(name, work);
    this.ends.push(() => target.removeEventListener(name, work));
  }
}

let badged = 0;

/** The number on the installed program's icon, where the system has such a thing. */
async function appBadge(count: number): Promise<void> {
  const badges = navigator as { setAppBadge?: (count: number) => Promise<void> };
  if (count === badged || !badges.setAppBadge) return;
  badged = count;
  await badges.setAppBadge(count).catch(() => undefined);
}
