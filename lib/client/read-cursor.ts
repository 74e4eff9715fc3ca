import type { ConversationId } from "@/lib/contract/ids";
import { isRetryable } from "@/lib/contract/retryable";
import { retryDelay } from "./backoff";
import type { Call } from "./call";
import type { StoppableClock } from "./clock";
import type { Result } from "./engine";
import type { Replica } from "./replica";

export interface ReadCursorOptions {
  clock: StoppableClock;
  call: Call;
  /** For what somebody asked for and waits for. */
  patientCall: Call;
  isConnected(): boolean;
  replica(conversation: ConversationId): Replica | undefined;
}

export interface ReadCursor {
  markRead(conversation: ConversationId, seq: number): void;
  markUnread(conversation: ConversationId, seq: number): Promise<Result<object>>;
  /** Tells the server now what could not be told before. */
  flush(conversations: Iterable<Replica>): void;
}

/** Messages scroll by in bursts: the server hears of the last one, at most some times a second. */
const GATHER_MS = 50;
const PAUSE_MS = 200;

/** How far was read here: shown at once, told to the server until it knows, forward only. */
export function createReadCursor(options: ReadCursorOptions): ReadCursor {
  const { clock } = options;
  const busy = new Map<ConversationId, Promise<void>>();

  /** Gives the wait in milliseconds until the next look. */
  const tell = async ({ id, head }: Replica, seq: number, attempt: number): Promise<number> => {
    const answer = await options.call("read:set", { conversationId: id, seq });
    if (answer.ok) {
      head.takeCursor(answer);
      // it was more than there is: nothing else will make it come true
      if (head.readTarget === seq) head.readTarget = undefined;
      return PAUSE_MS;
    }
    if (!isRetryable(answer.error.code)) {
      head.readTarget = undefined;
      return 0;
    }
    return answer.error.retryAfterMs ?? retryDelay(attempt, clock.random());
  };

  const tellAll = async (replica: Replica) => {
    await clock.wait(GATHER_MS);
    for (let attempt = 0; options.isConnected(); attempt += 1) {
      const target = replica.head.readTarget;
      if (target === undefined) return;
      await clock.wait(await tell(replica, target, attempt));
    }
  };

  const start = (replica: Replica) => {
    if (replica.head.readTarget === undefined || busy.has(replica.id) || !options.isConnected()) return;
    const work = tellAll(replica).then(() => {
      busy.delete(replica.id);
      start(replica);
    });
    busy.set(replica.id, work);
  };

  return {
    markRead(conversation, seq) {
      const replica = options.replica(conversation);
      const told = replica?.head.told;
      if (replica === undefined || told === undefined) return;
      const target = Math.min(seq, told.lastSeq);
      if (target <= Math.max(told.readSeq, replica.head.readTarget ?? 0)) return;
      replica.head.readTarget = target;
      start(replica);
    },
    async markUnread(conversationId, seq) {
      const replica = options.replica(conversationId);
      if (replica !== undefined) replica.head.readTarget = undefined;
      // what was told before must not arrive after
      await busy.get(conversationId);
      const answer = await options.patientCall("read:set", { conversationId, seq, unread: true });
      if (answer.ok) replica?.head.takeCursor(answer);
      return answer;
    },
    flush(replicas) {
      for (const replica of replicas) start(replica);
    },
  };
}
