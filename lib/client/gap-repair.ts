import type { ConversationId } from "@/lib/contract/ids";
import { LIMITS } from "@/lib/contract/limits";
import { isRetryable } from "@/lib/contract/retryable";
import type { Change } from "@/lib/contract/shapes";
import { retryDelay } from "./backoff";
import type { Call } from "./call";
import type { StoppableClock } from "./clock";

export interface GapRepairOptions {
  conversation: ConversationId;
  clock: StoppableClock;
  call: Call;
  isConnected(): boolean;
  isMissing(): boolean;
  /** The last revision that was applied. */
  applied(): number;
  take(changes: readonly Change[], lastRev: number): void;
  /** The server has no such changes: everything has to be fetched anew. */
  void(): void;
}

export interface GapRepair {
  /** To be called after whatever may have opened or closed a gap. */
  check(): void;
  /** Fetches what is missing without waiting for it any longer. */
  now(): void;
}

/** Gives a missing change half a second to arrive by itself, then fetches what is missing until nothing is. */
export function createGapRepair(options: GapRepairOptions): GapRepair {
  const { clock } = options;
  let callOff: (() => void) | undefined;
  let fetching = false;

  const stopWaiting = () => {
    callOff?.();
    callOff = undefined;
  };

  /** True when there was progress. */
  const fetchOnce = async (attempt: number): Promise<boolean> => {
    const afterRev = options.applied();
    const query = { conversationId: options.conversation, afterRev, limit: LIMITS.changesPage };
    const answer = await options.call("conversation:changes", query);
    if (answer.ok && answer.reset !== true) {
      options.take(answer.changes, answer.lastRev);
      if (options.applied() > afterRev || !options.isMissing()) return true;
    }
    if (!answer.ok && isRetryable(answer.error.code)) {
      await clock.wait(answer.error.retryAfterMs ?? retryDelay(attempt, clock.random()));
      return false;
    }
    options.void();
    return false;
  };

  const fetchAll = async () => {
    fetching = true;
    let attempt = 0;
    while (options.isMissing() && options.isConnected()) {
      attempt = (await fetchOnce(attempt)) ? 0 : attempt + 1;
    }
    fetching = false;
  };

  const now = () => {
    stopWaiting();
    if (!fetching && options.isMissing() && options.isConnected()) void fetchAll();
  };

  return {
    check() {
      if (!options.isMissing()) stopWaiting();
      else if (!fetching) callOff ??= clock.after(LIMITS.gapWaitMs, now);
    },
    now,
  };
}
