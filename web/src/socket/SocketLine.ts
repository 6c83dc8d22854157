import { io } from "socket.io-client";
import type { ManagerOptions, Socket, SocketOptions } from "socket.io-client";
import type { Line, LineEvents } from "./Line";

const serverEvents = [
  "hello",
  "msg",
  "chg",
  "mark",
  "typing",
  "conv",
  "conv.gone",
  "conv.info",
  "user",
  "tick",
  "resync",
  "pres",
];

/** The line over the official Socket.IO client. Its own reconnection is off: the person is told when the next attempt comes. */
export class SocketLine implements Line {
  private readonly socket: Socket;
  private events: LineEvents | undefined;

  /** A line to this page's own server; a program outside a browser names the server and signs in by token. */
  constructor(address?: string, options: Partial<ManagerOptions & SocketOptions> = {}) {
    const all: Partial<ManagerOptions & SocketOptions> = {
      path: "/socket.io/",
      autoConnect: false,
      forceNew: true,
      reconnection: false,
      timeout: 10_000,
      transports: ["websocket", "polling"],
      tryAllTransports: true, // a proxy that blocks WebSocket costs one attempt, not the connection
      ...options,
    };
    this.socket = address === undefined ? io(all) : io(address, all);
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
