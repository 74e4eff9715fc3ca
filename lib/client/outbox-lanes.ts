import type { ErrorBody } from "@/lib/contract/errors";
import type { ConversationId } from "@/lib/contract/ids";
import { isRetryable } from "@/lib/contract/retryable";
import { retryDelay } from "./backoff";
import type { Call } from "./call";
import type { StoppableClock } from "./clock";
import type { OutboxEntry } from "./storage";

export interface OutboxLanesOptions {
  clock: StoppableClock;
  call: Call;
  isConnected(): boolean;
  /** What is to be sent next in a conversation. */
  next(conversation: ConversationId): Promise<OutboxEntry | undefined>;
  accepted(entry: OutboxEntry, rev: number): void;
  refused(entry: OutboxEntry, error: ErrorBody): void;
}

/** One lane a conversation: the next message leaves when the one before it was answered for good. */
export function createOutboxLanes(options: OutboxLanesOptions): {
  drain(conversation: ConversationId): void;
} {
  const { clock, call } = options;
  /** Lanes under way; true when more came since their last look. */
  const busy = new Map<ConversationId, boolean>();

  const sendOne = async (entry: OutboxEntry, attempt: number): Promise<"go on" | "again"> => {
    const { conversationId, clientId, body } = entry;
    const answer = await call("message:send", { conversationId, clientId, body });
    if (answer.ok) {
      options.accepted(entry, answer.message.rev);
      return "go on";
    }
    // the session's end decides about everything in the outbox, not about this message
    if (!isRetryable(answer.error.code) && answer.error.code !== "unauthenticated") {
      options.refused(entry, answer.error);
      return "go on";
    }
    if (options.isConnected()) {
      await clock.wait(answer.error.retryAfterMs ?? retryDelay(attempt, clock.random()));
    }
    return "again";
  };

  const run = async (conversation: ConversationId) => {
    let attempt = 0;
    while (options.isConnected()) {
      busy.set(conversation, false);
      const entry = await options.next(conversation);
      if (entry === undefined && busy.get(conversation) !== true) break;
      if (entry !== undefined && options.isConnected()) {
        attempt = (await sendOne(entry, attempt)) === "again" ? attempt + 1 : 0;
      }
    }
    busy.delete(conversation);
  };

  return {
    drain(conversation) {
      if (busy.has(conversation)) busy.set(conversation, true);
      else void run(conversation);
    },
  };
}
