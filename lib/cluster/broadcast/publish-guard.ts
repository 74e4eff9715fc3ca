import { ConnectionState } from "../redis/connection-state";
import type { NativeClient } from "../redis/create-client";
import { RedisAwayError, withDeadline } from "../redis/deadline";

/** Writes that wait for an answer: beyond this number, a Redis that does not answer would fill the memory. */
const MOST_UNANSWERED = 20_000;

/** Counts and bounds what the stock adapter publishes, which it does not do itself. */
export class PublishGuard {
  readonly #state: ConnectionState;
  readonly #timeoutMs: number;
  readonly #onFailure: (error: unknown) => void;
  #unanswered = 0;

  /**
   * @param onFailure hears of each publish that failed, once.
   */
  constructor(native: NativeClient, timeoutMs: number, onFailure: (error: unknown) => void) {
    this.#state = new ConnectionState(native);
    this.#timeoutMs = timeoutMs;
    this.#onFailure = onFailure;
    this.#catchPublish(native);
  }

  get unanswered(): number {
    return this.#unanswered;
  }

  /** Fulfilled when it is published or has failed; never rejects. True when it is published. */
  async publish(send: () => Promise<unknown>): Promise<boolean> {
    try {
      if (this.#state.awayMs > this.#timeoutMs || this.#unanswered >= MOST_UNANSWERED) {
        throw new RedisAwayError("publish");
      }
      this.#unanswered += 1;
      try {
        await withDeadline("publish", this.#timeoutMs, send());
      } finally {
        this.#unanswered -= 1;
      }
      return true;
    } catch (error) {
      this.#onFailure(error);
      return false;
    }
  }

  /** The adapter drops the promise of PUBLISH: a rejection that nobody handles would end the process. */
  #catchPublish(native: NativeClient): void {
    const publish = native.publish.bind(native);
    native.publish = (channel: string | Buffer, message: string | Buffer) => {
      const published = publish(channel, message);
      published.catch(this.#onFailure);
      return published;
    };
  }
}
