import type { ConversationId } from "@/lib/contract/ids";
import { isRetryable } from "@/lib/contract/retryable";
import { retryDelay } from "./backoff";
import type { Call } from "./call";
import type { StoppableClock } from "./clock";

export interface DeliveriesOptions {
  clock: StoppableClock;
  call: Call;
  isConnected(): boolean;
  readSeq(conversation: ConversationId): number;
}

/** Tells the server which messages of others reached this device, for the senders' ticks. */
export interface Deliveries {
  /** Everything up to `seq` is here. */
  note(conversation: ConversationId, seq: number): void;
  /** Tells now what could not be told before. */
  flush(): void;
}

/** Messages that come together are told of together. */
const GATHER_MS = 50;

export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const { clock } = options;
  const told = new Map<ConversationId, number>();
  const waiting = new Map<ConversationId, number>();
  let busy = false;

  /** What was read counts as delivered. */
  const isTold = (id: ConversationId, seq: number) => seq <= Math.max(told.get(id) ?? 0, options.readSeq(id));

  const tell = async (conversationId: ConversationId, seq: number, attempt: number): Promise<boolean> => {
    const answer = await options.call("delivered", { conversationId, seq });
    if (!answer.ok && isRetryable(answer.error.code)) {
      if (options.isConnected()) {
        await clock.wait(answer.error.retryAfterMs ?? retryDelay(attempt, clock.random()));
      }
      return false;
    }
    told.set(conversationId, seq);
    return true;
  };

  const run = async () => {
    if (busy) return;
    busy = true;
    let attempt = 0;
    for (let next = first(waiting); next !== undefined && options.isConnected(); next = first(waiting)) {
      const [id, seq] = next;
      const done = isTold(id, seq) || (await tell(id, seq, attempt));
      attempt = done ? 0 : attempt + 1;
      if (done && waiting.get(id) === seq) waiting.delete(id);
    }
    busy = false;
  };

  return {
    note(id, seq) {
      if (isTold(id, seq) || seq <= (waiting.get(id) ?? 0)) return;
      if (waiting.size === 0 && !busy) clock.after(GATHER_MS, run);
      waiting.set(id, seq);
    },
    flush: run,
  };
}

function first<K, V>(map: ReadonlyMap<K, V>): [K, V] | undefined {
  for (const entry of map) return entry;
  return undefined;
}
