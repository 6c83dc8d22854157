import type { Amendment } from "../messages/Amendments";
import type { OutboxOptions } from "../messages/Outbox";
import type { OutboxStorage } from "../messages/OutboxStorage";
import type { Clock } from "../socket/Clock";
import type { Transport } from "../socket/Transport";
import type { Refusal, User } from "../socket/wire";

export interface ChatOptions {
  readonly me: User;
  readonly transport: Transport;
  readonly storage: OutboxStorage;
  readonly clock: Clock;
  readonly newCid: () => string;
  readonly random: () => number;
  readonly upload: OutboxOptions["upload"];
  /** Something that I did to a message could not be done. */
  readonly refused?: (amendment: Amendment, refusal: Refusal) => void;
  /** A conversation is no longer mine: leave its screen. */
  readonly left?: (c: string) => void;
}
