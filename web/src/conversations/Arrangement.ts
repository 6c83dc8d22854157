import type { Chat } from "../app/Chat";
import { refusalSentence } from "../session/errorText";
import type { Transport } from "../socket/Transport";
import type { Answer, Conv, Refusal } from "../socket/wire";
import type { NotifyLevel } from "../socket/wireRooms";

/** My own order of the list: applied at once, taken back when the server does not want it. */
export class Arrangement {
  constructor(
    private readonly chat: Chat,
    private readonly transport: Transport,
    private readonly say: (text: string) => void,
  ) {}

  pin(conv: Conv, on: boolean): Promise<void> {
    return this.try(conv, { pinned: on }, () => this.transport.request("conv.pin", { c: conv.c, on }));
  }

  hide(conv: Conv, on: boolean): Promise<void> {
    return this.try(conv, { hidden: on }, () => this.transport.request("conv.hide", { c: conv.c, on }));
  }

  level(conv: Conv, level: NotifyLevel): Promise<void> {
    return this.try(conv, { notify: level }, () => this.transport.request("notify", { c: conv.c, level }));
  }

  /** 0 ends it. */
  mute(conv: Conv, until: number): Promise<void> {
    const muted = until === 0 ? null : until;
    return this.try(conv, { muted }, () => this.transport.request("notify", { c: conv.c, until }));
  }

  private async try(
    before: Conv,
    news: Partial<Conv>,
    ask: () => Promise<Answer<"notify"> | Refusal>,
  ): Promise<void> {
    this.chat.describe(before.c, news);
    const answer = await ask();
    if (answer.ok) return;
    const back = Object.fromEntries(
      (Object.keys(news) as (keyof Conv)[]).map((
        name,
      ) => [name, before[name] ?? defaults[name as keyof typeof defaults]]),
    );
    this.chat.describe(before.c, back as Partial<Conv>);
    this.say(refusalSentence(answer));
  }
}

const defaults = { pinned: false, hidden: false, notify: "all", muted: null } as const;
