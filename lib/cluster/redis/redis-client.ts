import { ConnectionState } from "./connection-state";
import type { NativeClient } from "./create-client";
import { RedisAwayError, withDeadline } from "./deadline";

export type RedisArgument = string | number;

/** Sends commands. Replies are what Redis sent: the caller checks their shape, see `reply.ts`. */
export interface RedisClient {
  /**
   * Sends one command; commands of one client reach a server in the order in which they were sent.
   *
   * @param name in lower case, such as "xadd".
   * @throws RedisTimeoutError without an answer in time; RedisAwayError without a connection for that long already;
   * whatever Redis refuses.
   */
  run(name: string, ...args: RedisArgument[]): Promise<unknown>;
}

/** What the clients of one process counted since it started. */
export interface CommandCounters {
  /** Commands without success: refused, without answer in time, not sent. */
  failures: number;
  /** Connections lost and opened again. */
  reconnects: number;
}

interface ManagedClientOptions {
  readonly native: NativeClient;
  readonly timeoutMs: number;
  readonly counters: CommandCounters;
}

/** A {@link RedisClient} with deadlines and counters on a connection of ioredis. */
export class ManagedClient implements RedisClient {
  readonly native: NativeClient;
  readonly #timeoutMs: number;
  readonly #counters: CommandCounters;
  readonly #state: ConnectionState;

  constructor({ native, timeoutMs, counters }: ManagedClientOptions) {
    this.native = native;
    this.#timeoutMs = timeoutMs;
    this.#counters = counters;
    this.#state = new ConnectionState(native, () => {
      counters.reconnects += 1;
    });
  }

  async run(name: string, ...args: RedisArgument[]): Promise<unknown> {
    try {
      if (this.#state.awayMs > this.#timeoutMs) throw new RedisAwayError(name);
      return await withDeadline(name, this.#timeoutMs, this.native.call(name, args));
    } catch (error) {
      this.#counters.failures += 1;
      throw error;
    }
  }
}
