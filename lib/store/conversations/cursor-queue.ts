import type { ConversationId, UserId } from "@/lib/contract/ids";
import type { CursorOutcome } from "@/lib/usecases/ports/conversation-store";
import { Batcher, type BatchObserver } from "../batcher";
import type { DedicatedConnection } from "../dedicated-connection";
import { BATCH_LIMITS, locked, overloaded } from "./batch-limits";
import { type CursorAnswer, cursorStatement } from "./cursor-statement";
import type { KnownMembers, MemberCache } from "./member-cache";
import { mayBeOneRow, RowRunner } from "./run-rows";

interface Move {
  userId: UserId;
  conversationId: ConversationId;
  readSeq: number | undefined;
  deliveredSeq: number | undefined;
}

type Settled = { kind: "moved"; outcome: CursorOutcome } | { kind: "not_member" } | { kind: "busy" };

/**
 * The cursors that devices of this node move. What arrives while a batch is under way goes into the next one; several
 * moves of one member that wait are one, which goes as far as the furthest.
 */
export class CursorQueue {
  readonly #connection: DedicatedConnection;
  readonly #members: MemberCache;
  readonly #runner = new RowRunner();
  readonly #waiting = new Map<string, { move: Move; settled: Promise<Settled> }>();
  readonly #batcher: Batcher<Move, Settled>;

  constructor(connection: DedicatedConnection, members: MemberCache, onBatch: BatchObserver) {
    this.#connection = connection;
    this.#members = members;
    this.#batcher = new Batcher({
      run: (batch) => this.#run(batch),
      mayBeOneItem: mayBeOneRow,
      refusal: overloaded,
      onBatch,
      ...BATCH_LIMITS,
    });
  }

  /** Moves that wait for their batch. */
  get waiting(): number {
    return this.#batcher.waiting;
  }

  /** Undefined when not a member. Of several that were one, only the first is told that something moved. */
  async move(move: Move): Promise<CursorOutcome | undefined> {
    const key = keyOf(move);
    const waiting = this.#waiting.get(key);
    if (waiting !== undefined) {
      waiting.move.readSeq = furthest(waiting.move.readSeq, move.readSeq);
      waiting.move.deliveredSeq = furthest(waiting.move.deliveredSeq, move.deliveredSeq);
      const outcome = outcomeOf(await waiting.settled);
      return outcome === undefined ? undefined : { ...outcome, moved: false };
    }
    const first = { ...move };
    const settled = this.#batcher.add(first);
    this.#waiting.set(key, { move: first, settled });
    try {
      return outcomeOf(await settled);
    } finally {
      this.#waitNoMore(first);
    }
  }

  /**
   * Others can join a move until its batch begins. A batch that failed is tried again in halves; by then a later move of
   * the same member may wait, which stays.
   */
  #waitNoMore(move: Move): void {
    const key = keyOf(move);
    if (this.#waiting.get(key)?.move === move) this.#waiting.delete(key);
  }

  async close(): Promise<void> {
    await this.#batcher.close();
    await this.#connection.close();
  }

  async #run(batch: readonly Move[]): Promise<Settled[]> {
    const members = new Map<ConversationId, KnownMembers>();
    const rows = batch.map((move) => {
      this.#waitNoMore(move);
      const known = this.#members.get(move.conversationId);
      if (known !== undefined) members.set(move.conversationId, known);
      return { ...move, knownVersion: known?.version ?? 0 };
    });
    const answers = await this.#runner.run(rows, (some, way) =>
      this.#connection.query<CursorAnswer>(cursorStatement(some, way)),
    );
    return batch.map((move, index) => {
      const answer = answers[index];
      if (answer?.members != null) {
        const known = { version: answer.member_version, ids: answer.members };
        members.set(move.conversationId, known);
        this.#members.set(move.conversationId, known);
      }
      return toSettled(answer, members.get(move.conversationId)?.ids ?? []);
    });
  }
}

function toSettled(answer: CursorAnswer | undefined, members: readonly UserId[]): Settled {
  if (answer === undefined) return { kind: "busy" };
  if (answer.outcome === "not_member") return { kind: "not_member" };
  const outcome: CursorOutcome = {
    readSeq: answer.read_seq,
    deliveredSeq: answer.delivered_seq,
    moved: answer.moved,
    members,
    ...(answer.unread === null ? {} : { unread: answer.unread }),
  };
  return { kind: "moved", outcome };
}

function outcomeOf(settled: Settled): CursorOutcome | undefined {
  if (settled.kind === "busy") throw locked();
  return settled.kind === "moved" ? settled.outcome : undefined;
}

function furthest(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.max(one, other);
}

const keyOf = ({ userId, conversationId }: Move) => `${userId} ${conversationId}`;
