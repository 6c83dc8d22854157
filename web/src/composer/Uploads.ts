import type { StoredFile } from "../messages/OutboxStorage";
import type { FileInfo, Refusal } from "../socket/wire";
import { Store } from "../ui/Store";
import type { Put } from "./put";
import { putOverHttp } from "./put";

export interface Upload {
  readonly state: "sending" | "done" | "failed";
  /** How much of it has left, 0...1. */
  readonly part: number;
  readonly file?: FileInfo;
  readonly problem?: Refusal;
}

type Outcome = { readonly ok: true; readonly file: FileInfo } | Refusal;

/** Files on their way to the server. The same file is sent once, whoever asks for it; a repetition of it is harmless. */
export class Uploads {
  readonly store = new Store<ReadonlyMap<string, Upload>>(new Map());
  private readonly running = new Map<string, { outcome: Promise<Outcome>; stop: AbortController }>();

  constructor(private readonly put: Put = putOverHttp) {}

  /** Done when the server has the file, or has refused it. */
  bring(file: StoredFile): Promise<Outcome> {
    const known = this.store.get().get(file.id);
    if (known?.file) return Promise.resolve({ ok: true, file: known.file });
    const running = this.running.get(file.id);
    if (running) return running.outcome;
    const stop = new AbortController();
    const outcome = this.send(file, stop.signal);
    this.running.set(file.id, { outcome, stop });
    return outcome;
  }

  /** Nobody wants it any more. */
  cancel(id: string): void {
    this.running.get(id)?.stop.abort();
    this.running.delete(id);
    const rest = new Map(this.store.get());
    rest.delete(id);
    this.store.set(rest);
  }

  private async send(file: StoredFile, stop: AbortSignal): Promise<Outcome> {
    this.note(file.id, { state: "sending", part: 0 });
    const address = `/api/uploads/${file.id}`;
    const answer = await this.put(
      `${address}?name=${encodeURIComponent(file.name)}`,
      file.blob,
      (part) => this.note(file.id, { state: "sending", part }),
      stop,
    );
    this.running.delete(file.id);
    if (stop.aborted) return { ok: false, code: "cancelled", message: "", retry: false };
    if (!answer.ok) {
      this.note(file.id, { state: "failed", part: 0, problem: answer });
      return answer;
    }
    // A small picture of it helps, but nothing depends on it.
    if (file.thumb) await this.put(`${address}/thumb`, file.thumb, () => {}, stop);
    const done = answer.value as FileInfo;
    this.note(file.id, { state: "done", part: 1, file: done });
    return { ok: true, file: done };
  }

  private note(id: string, upload: Upload): void {
    if (upload.state === "sending" && !this.running.has(id) && upload.part > 0) return; // a late word of a cancelled one
    this.store.set(new Map(this.store.get()).set(id, upload));
  }
}
