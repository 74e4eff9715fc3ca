import type { ErrorBody } from "@/lib/contract/errors";
import type { ConversationId } from "@/lib/contract/ids";
import { LIMITS } from "@/lib/contract/limits";
import { isRetryable } from "@/lib/contract/retryable";
import type { Stretch } from "@/lib/domain/timeline";
import { retryDelay } from "./backoff";
import type { Call } from "./call";
import type { StoppableClock } from "./clock";

/** What a timeline wants next. */
export type Load = { kind: "latest" | "older" | "newer" } | { kind: "around"; seq: number };

export interface HistoryLoaderOptions {
  conversation: ConversationId;
  clock: StoppableClock;
  call: Call;
  /** Undefined while nothing can be loaded. */
  lastSeq(): number | undefined;
  unread(): number;
  endSeq(): number;
  /** First and last number of what is loaded. */
  bounds(): { first: number; last: number };
  take(load: Load, page: Stretch): void;
  fail(error: ErrorBody): void;
  changed(): void;
}

export interface HistoryLoader {
  /** What is wanted, from `begin` until its page was taken. */
  readonly load: Load | undefined;
  readonly running: boolean;
  /** Wants this instead of whatever was wanted before. */
  begin(load: Load): void;
  /** Fetches what is wanted, when that is possible and not under way. */
  run(): void;
  cancel(): void;
}

const FIRST_PAGE = 50;

/** One page at a time; tried again while the server is away, given up when it refuses. */
export function createHistoryLoader(options: HistoryLoaderOptions): HistoryLoader {
  const { clock } = options;
  let wanted: Load | undefined;
  let underWay: Load | undefined;

  const pageOf = (load: Load): { beforeSeq?: number; limit: number } => {
    const { first, last } = options.bounds();
    const end = options.endSeq();
    const most = LIMITS.historyPage;
    switch (load.kind) {
      case "latest":
        return { limit: Math.min(most, Math.max(FIRST_PAGE, options.unread() + 10)) };
      case "older":
        return { beforeSeq: first, limit: most };
      case "newer": {
        const limit = Math.max(1, Math.min(most, end - last));
        return { beforeSeq: last + 1 + limit, limit };
      }
      case "around":
        return { beforeSeq: Math.min(load.seq + most / 2, end + 1), limit: most };
    }
  };

  const fetchOnce = async (load: Load, attempt: number) => {
    const answer = await options.call("conversation:history", {
      conversationId: options.conversation,
      ...pageOf(load),
    });
    if (wanted !== load) return;
    if (!answer.ok && isRetryable(answer.error.code)) {
      await clock.wait(answer.error.retryAfterMs ?? retryDelay(attempt, clock.random()));
      return;
    }
    wanted = undefined;
    if (answer.ok) options.take(load, answer.messages);
    else options.fail(answer.error);
  };

  const fetchAll = async (load: Load) => {
    underWay = load;
    for (let attempt = 0; wanted === load && options.lastSeq() !== undefined; attempt += 1) {
      await fetchOnce(load, attempt);
    }
    if (underWay === load) underWay = undefined;
    options.changed();
  };

  return {
    get load() {
      return wanted;
    },
    get running() {
      return underWay !== undefined;
    },
    begin(load) {
      wanted = load;
    },
    run() {
      if (wanted !== undefined && underWay !== wanted && options.lastSeq() !== undefined)
        void fetchAll(wanted);
    },
    cancel() {
      wanted = undefined;
    },
  };
}
