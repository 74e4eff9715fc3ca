import type { ClientResults } from "@/lib/contract/client-events";
import { isRetryable } from "@/lib/contract/retryable";
import { retryDelay } from "./backoff";
import type { Call } from "./call";
import type { StoppableClock } from "./clock";

export interface SynchronizerOptions {
  clock: StoppableClock;
  call: Call;
  isConnected(): boolean;
  /** A snapshot is about to be asked for; the function that is given takes it. */
  begin(): (snapshot: ClientResults["sync"]) => void;
  /** The server says that this is nobody's session. */
  refused(): void;
}

export interface Synchronizer {
  /** There is a new connection: its snapshot is needed at once. */
  connected(): void;
  /** Another snapshot at a random time within so many milliseconds. */
  soon(withinMs: number): void;
}

/** Gets snapshots, one at a time, until one came. */
export function createSynchronizer(options: SynchronizerOptions): Synchronizer {
  const { clock } = options;
  let round = 0;
  let callOff: (() => void) | undefined;

  /** Gives the wait in milliseconds until it should be tried again; undefined when that is over. */
  const tryOnce = async (mine: number, attempt: number): Promise<number | undefined> => {
    const take = options.begin();
    const answer = await options.call("sync", {});
    if (mine !== round) return undefined;
    if (answer.ok) take(answer);
    else if (isRetryable(answer.error.code)) {
      return answer.error.retryAfterMs ?? retryDelay(attempt, clock.random());
    } else if (answer.error.code === "unauthenticated") options.refused();
    return undefined;
  };

  const run = async () => {
    callOff?.();
    callOff = undefined;
    round += 1;
    const mine = round;
    for (let attempt = 0; mine === round && options.isConnected(); attempt += 1) {
      const wait = await tryOnce(mine, attempt);
      if (wait === undefined) return;
      await clock.wait(wait);
    }
  };

  return {
    connected: () => void run(),
    soon(withinMs) {
      callOff ??= clock.after(withinMs * clock.random(), () => void run());
    },
  };
}
