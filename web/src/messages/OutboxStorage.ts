/** A message that the server has not acknowledged yet, as it is kept on this device. */
export interface StoredMessage {
  readonly cid: string;
  readonly c: string;
  readonly body: string;
  /** When it was written, milliseconds since 1970. */
  readonly at: number;
  /** Why the server refused it for good; absent while it waits. */
  readonly problem?: { readonly code: string; readonly message: string };
}

/** Where unsent messages survive a reload. Every call may fail (private windows, full disks); the outbox goes on without it. */
export interface OutboxStorage {
  load(): Promise<StoredMessage[]>;
  put(message: StoredMessage): Promise<void>;
  remove(cid: string): Promise<void>;
}
