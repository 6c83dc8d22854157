/** What a line reports to its owner. */
export interface LineEvents {
  opened(): void;
  /** The server did not let us in, or could not be reached. */
  refused(reason: string): void;
  lost(reason: string): void;
  event(name: string, payload: unknown): void;
}

/** One socket that is opened again and again. It has no opinion about when: that is the connection's part. */
export interface Line {
  open(events: LineEvents): void;
  close(): void;
  /** Rejects when the line is lost or `milliseconds` have passed. */
  request(event: string, payload: object, milliseconds: number): Promise<unknown>;
  hint(event: string, payload: object): void;
}
