import type { FileInfo, ReplyInfo } from "../socket/wire";

/** A file of a message that is not sent yet. Its bytes are kept with it, so that a reload does not lose them. */
export interface StoredFile {
  /** Chosen before the first attempt, a UUID: the same upload again is the same file. */
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly blob: Blob;
  readonly w?: number;
  readonly h?: number;
  readonly thumb?: Blob;
  /** The server has it. */
  readonly done?: FileInfo;
}

/** A message that the server has not acknowledged yet, as it is kept on this device. */
export interface StoredMessage {
  readonly cid: string;
  readonly c: string;
  readonly body: string;
  /** When it was written, milliseconds since 1970. */
  readonly at: number;
  readonly reply?: ReplyInfo;
  readonly files?: readonly StoredFile[];
  /** Why the server refused it for good; absent while it waits. */
  readonly problem?: { readonly code: string; readonly message: string };
}

/** Where unsent messages survive a reload. Every call may fail (private windows, full disks); the outbox goes on without it. */
export interface OutboxStorage {
  load(): Promise<StoredMessage[]>;
  put(message: StoredMessage): Promise<void>;
  remove(cid: string): Promise<void>;
}
