import { io } from "socket.io-client";
import type { Socket } from "socket.io-client";
import type { Line, LineEvents } from "./Line";

const serverEvents = ["hello", "msg", "chg", "mark", "typing", "conv", "conv.gone", "tick", "resync", "pres"];

/** The line over the official Socket.IO client. Its own reconnection is off: the person is told when the next attempt comes. */
export class SocketLine implements Line {
  private readonly socket: Socket;
  private events: LineEvents | undefined;

  constructor() {
    this.socket = io({
      path: "/socket.io/",
      autoConnect: false,
      forceNew: true,
      reconnection: false,
      timeout: 10_000,
      transports: ["websocket", "polling"],
      tryAllTransports: true, // a proxy that blocks WebSocket costs one attempt, not the connection
    });
    this.socket.on("connect", () => this.events?.opened());
    this.socket.on("connect_error", (error) => this.events?.refused(error.message));
    this.socket.on("disconnect", (reason) => this.events?.lost(reason));
    for (const name of serverEvents) this.socket.on(name, (payload) => this.events?.event(name, payload));
  }

  open(events: LineEvents): void {
    this.events = events;
    this.socket.connect();
  }

  close(): void {
    this.events = undefined;
    this.socket.disconnect();
  }

  request(event: string, payload: object, milliseconds: number): Promise<unknown> {
    return this.socket.timeout(milliseconds).emitWithAck(event, payload);
  }

  hint(event: string, payload: object): void {
    this.socket.volatile.emit(event, payload);
  }
}
