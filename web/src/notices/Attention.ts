import { conversationPath, route } from "../app/route";
import type { Chat } from "../app/Chat";
import { t } from "../i18n/translate";
import { preferences } from "../settings/preferences";
import type { Transport } from "../socket/Transport";
import type { Msg } from "../socket/wire";
import { announce } from "../ui/announce";
import { chime } from "./chime";
import { show } from "./desktopNotice";
import { calls } from "./notify";

const idleAfter = 5 * 60_000;
const checkEvery = 30_000;
const chimePause = 1_500;
const longest = 140;

/**
 * Between the person and the program: tells the server which conversation is being looked at and whether anybody is there, and
 * tells the person what has come while they looked elsewhere.
 */
export class Attention {
  private readonly ends: (() => void)[] = [];
  private touchedAt = Date.now();
  private idle: boolean | undefined;
  private viewed: string | null | undefined;
  private chimedAt = 0;
  /** Of several tabs only this one makes a sound and shows notices. */
  leads = false;

  constructor(private readonly chat: Chat, private readonly transport: Transport) {}

  start(): void {
    const touched = () => {
      this.touchedAt = Date.now();
      if (this.idle !== false) this.tell();
    };
    for (const name of ["pointerdown", "keydown", "wheel", "focus"]) this.listen(window, name, touched);
    this.listen(window, "blur", () => this.tell());
    this.listen(document, "visibilitychange", () => this.tell());
    this.ends.push(route.subscribe(() => this.tell()));
    const timer = setInterval(() => this.tell(), checkEvery);
    this.ends.push(() => clearInterval(timer));
  }

  stop(): void {
    for (const end of this.ends.splice(0)) end();
  }

  /** A new connection knows nothing of this device. */
  online(): void {
    this.idle = undefined;
    this.viewed = undefined;
    this.tell();
  }

  event(name: string, payload: unknown): void {
    if (name === "msg") this.came(payload as Msg);
  }

  private came(msg: Msg): void {
    const { convs, me } = this.chat.state.get();
    const conv = convs.get(msg.c);
    if (!conv || !calls(msg, conv, me.u, { c: looking() }, Date.now())) return;
    const room = conv.kind === "direct" ? "" : conv.name;
    const title = room === "" ? msg.name : t("notices.from", { name: msg.name, room });
    if (document.hasFocus()) announce(t("notices.announce", { title }));
    if (!this.leads) return;
    const { sound, desktop } = preferences.get();
    if (sound && Date.now() - this.chimedAt > chimePause) {
      this.chimedAt = Date.now();
      chime();
    }
    if (desktop && !document.hasFocus()) {
      const body = msg.body === "" && msg.files?.length ? t("notices.file") : msg.body.slice(0, longest);
      void show({ title, body, tag: msg.c, path: conversationPath(msg.c), icon: conv.peer?.avatar });
    }
  }

  private tell(): void {
    const idle = Date.now() - this.touchedAt > idleAfter;
    if (idle !== this.idle) {
      this.idle = idle;
      void this.transport.request("active", { idle });
    }
    const viewed = looking() ?? null;
    if (viewed !== this.viewed) {
      this.viewed = viewed;
      void this.transport.request("view", { c: viewed });
    }
  }

  private listen(target: EventTarget, name: string, work: () => void): void {
    target.addEventListener(name, work, { passive: true });
    this.ends.push(() => target.removeEventListener(name, work));
  }
}

/** The conversation that the person has in front of them. */
function looking(): string | undefined {
  const where = route.get();
  const there = document.visibilityState === "visible" && document.hasFocus();
  return there && where.kind === "conversation" ? where.c : undefined;
}
