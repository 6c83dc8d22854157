import type { OutboxStorage, StoredMessage } from "../src/messages/OutboxStorage";

export class MemoryStorage implements OutboxStorage {
  readonly kept = new Map<string, StoredMessage>();

  async load(): Promise<StoredMessage[]> {
    return [...this.kept.values()];
  }

  async put(message: StoredMessage): Promise<void> {
    this.kept.set(message.cid, message);
  }

  async remove(cid: string): Promise<void> {
    this.kept.delete(cid);
  }
}
