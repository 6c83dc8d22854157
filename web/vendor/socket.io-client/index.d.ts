/**
 * Declarations of the part of the official Socket.IO client 4.8 that this program uses; names and meanings are the upstream ones.
 * With npm's socket.io-client installed, its own declarations take this file's place.
 */
export interface ManagerOptions {
  path: string;
  transports: string[];
  autoConnect: boolean;
  forceNew: boolean;
  reconnection: boolean;
  timeout: number;
  withCredentials: boolean;
  tryAllTransports: boolean;
}

export interface SocketOptions {
  auth: Record<string, unknown>;
}

export interface TimedSocket {
  emitWithAck(event: string, ...args: unknown[]): Promise<unknown>;
}

export interface Socket {
  readonly connected: boolean;
  readonly recovered: boolean;
  readonly volatile: Socket;
  connect(): this;
  disconnect(): this;
  timeout(milliseconds: number): TimedSocket;
  emit(event: string, ...args: unknown[]): this;
  on(event: "connect", listener: () => void): this;
  on(event: "connect_error", listener: (error: Error) => void): this;
  on(event: "disconnect", listener: (reason: string) => void): this;
  on(event: string, listener: (...args: unknown[]) => void): this;
}

export function io(options?: Partial<ManagerOptions & SocketOptions>): Socket;
export function io(address: string, options?: Partial<ManagerOptions & SocketOptions>): Socket;
