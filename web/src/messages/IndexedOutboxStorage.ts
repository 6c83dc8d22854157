import type { OutboxStorage, StoredMessage } from "./OutboxStorage";

const table = "outbox";

/** Unsent messages of one person in IndexedDB: a database of its own for each user id, so that accounts on one device do not mix. */
export class IndexedOutboxStorage implements OutboxStorage {
  private database: Promise<IDBDatabase> | undefined;

  constructor(private readonly user: string) {}

  async load(): Promise<StoredMessage[]> {
    return this.run<StoredMessage[]>("readonly", (store) => store.getAll());
  }

  async put(message: StoredMessage): Promise<void> {
    await this.run("readwrite", (store) => store.put(message));
  }

  async remove(cid: string): Promise<void> {
    await this.run("readwrite", (store) => store.delete(cid));
  }

  async clear(): Promise<void> {
    await this.run("readwrite", (store) => store.clear());
  }

  private async run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<T> {
    this.database ??= open(`parley-${this.user}`);
    const database = await this.database;
    return new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(table, mode);
      const request = work(transaction.objectStore(table));
      transaction.oncomplete = () => resolve(request.result as T);
      transaction.onerror = () => reject(transaction.error ?? new Error("The device's storage failed."));
      transaction.onabort = () => reject(transaction.error ?? new Error("The device's storage is full."));
    });
  }
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(table, { keyPath: "cid" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The device's storage did not open."));
  });
}
