import type { ConversationId } from "@/lib/contract/ids";
import type { Message } from "@/lib/contract/shapes";
import type { NewMessage, SendOutcome } from "@/lib/usecases/ports/conversation-store";
import { Batcher, type BatchObserver } from "../batcher";
import type { DedicatedConnection } from "../dedicated-connection";
import { BATCH_LIMITS, locked, overloaded } from "./batch-limits";
import type { KnownMembers, MemberCache } from "./member-cache";
import { toCreated } from "./rows";
import { mayBeOneRow, RowRunner } from "./run-rows";
import { type SendAnswer, sendStatement } from "./send-statement";

/** With the repeats, which wait for the first of their kind and not for a place in a batch. */
const MOST_CALLS = 10_000;

/** A send whose (sender, client id) was there before; whose message it is, a look at it tells. */
interface Seen {
  kind: "seen";
  conversationId: ConversationId;
  seq: number;
}

type Settled = SendOutcome | Seen | { kind: "busy" };

export interface SendLookup {
  /** The message as its sender sees it now, with the revision that created it. */
  message(at: {
    conversationId: ConversationId;
    seq: number;
  }): Promise<{ message: Message; createdRev: number }>;
  members(conversation: ConversationId): Promise<KnownMembers>;
}

/**
 * The sends of this node: what arrives while a batch is under way goes into the next one. Repeats of a send that is
 * under way wait for it, so that a batch never holds the same (sender, client id) twice.
 */
export class SendQueue {
  readonly #connection: DedicatedConnection;
  readonly #members: MemberCache;
  readonly #runner = new RowRunner();
  readonly #lookup: SendLookup;
  readonly #underWay = new Map<string, { message: NewMessage; outcome: Promise<SendOutcome> }>();
  readonly #batcher: Batcher<NewMessage, Settled>;
  /** Calls that wait for an earlier one with the same key. */
  #repeats = 0;

  constructor(
    connection: DedicatedConnection,
    members: MemberCache,
    lookup: SendLookup,
    onBatch: BatchObserver,
  ) {
    this.#connection = connection;
    this.#members = members;
    this.#lookup = lookup;
    this.#batcher = new Batcher({
      run: (batch) => this.#run(batch),
      mayBeOneItem: mayBeOneRow,
      refusal: overloaded,
      onBatch,
      ...BATCH_LIMITS,
    });
  }

  /** Sends that wait for their batch. */
  get waiting(): number {
    return this.#batcher.waiting;
  }

  send(message: NewMessage): Promise<SendOutcome> {
    if (this.#underWay.size + this.#repeats >= MOST_CALLS) return Promise.reject(overloaded());
    const key = `${message.senderId} ${message.clientId}`;
    return this.#underWay.has(key) ? this.#repeat(key, message) : this.#first(key, message);
  }

  async #repeat(key: string, message: NewMessage): Promise<SendOutcome> {
    this.#repeats++;
    try {
      for (let first = this.#underWay.get(key); first !== undefined; first = this.#underWay.get(key)) {
        const outcome = await first.outcome;
        const repeated = repeatOf(first.message, outcome, message);
        if (repeated !== undefined) return repeated;
      }
    } finally {
      this.#repeats--;
    }
    return this.#first(key, message);
  }

  #first(key: string, message: NewMessage): Promise<SendOutcome> {
    const outcome = this.#batcher.add(message).then(
      (settled) => {
        if (settled.kind === "seen") return this.#seen(key, message, settled);
        this.#underWay.delete(key);
        if (settled.kind === "busy") throw locked();
        return settled;
      },
      (error: unknown) => {
        this.#underWay.delete(key);
        throw error;
      },
    );
    this.#underWay.set(key, { message, outcome });
    return outcome;
  }

  async close(): Promise<void> {
    await this.#batcher.close();
    await this.#connection.close();
  }

  async #seen(key: string, message: NewMessage, { conversationId, seq }: Seen): Promise<SendOutcome> {
    try {
      const seen = await this.#lookup.message({ conversationId, seq });
      if (seen.message.id !== message.id) return { kind: "duplicate", message: seen.message };
      // committed by this very call, on a connection that broke before it could say so: nobody was told yet
      const members = await this.#lookup.members(conversationId);
      return {
        kind: "stored",
        message: seen.message,
        change: toCreated(seen.message, seen.createdRev),
        members: members.ids,
      };
    } finally {
      this.#underWay.delete(key);
    }
  }

  async #run(batch: readonly NewMessage[]): Promise<Settled[]> {
    const members = new Map<ConversationId, KnownMembers>();
    for (const { conversationId } of batch) {
      const known = this.#members.get(conversationId);
      if (known !== undefined) members.set(conversationId, known);
    }
    const rows = batch.map((message) => ({
      message,
      knownVersion: members.get(message.conversationId)?.version ?? 0,
    }));
    const answers = await this.#runner.run(rows, (some, way) =>
      this.#connection.query<SendAnswer>(sendStatement(some, way)),
    );
    for (const [index, { conversationId }] of batch.entries()) {
      const answer = answers[index];
      if (answer?.members == null || answer.member_version === null) continue;
      const known = { version: answer.member_version, ids: answer.members };
      members.set(conversationId, known);
      this.#members.set(conversationId, known);
    }
    const settled: Settled[] = [];
    for (const [index, message] of batch.entries()) {
      settled.push(toSettled(message, answers[index], members.get(message.conversationId)));
    }
    return settled;
  }
}

function toSettled(
  message: NewMessage,
  answer: SendAnswer | undefined,
  members: KnownMembers | undefined,
): Settled {
  switch (answer?.outcome) {
    case "stored":
      return stored(message, answer, members);
    case "duplicate":
      return { kind: "seen", conversationId: message.conversationId, seq: answer.seq ?? 0 };
    case "conflict":
    case "not_member":
    case "no_such_reply":
      return { kind: answer.outcome };
    default:
      return { kind: "busy" };
  }
}

function stored(sent: NewMessage, answer: SendAnswer, members: KnownMembers | undefined): SendOutcome {
  const rev = answer.rev ?? 0;
  const message: Message = {
    conversationId: sent.conversationId,
    seq: answer.seq ?? 0,
    rev,
    id: sent.id,
    clientId: sent.clientId,
    sender: { id: sent.senderId, username: answer.username, name: answer.name },
    body: sent.body,
    version: 1,
    createdAt: new Date(answer.created_at).toISOString(),
    ...(sent.replyTo === undefined ? {} : { replyTo: sent.replyTo }),
    reactions: [],
    attachments: [],
  };
  return { kind: "stored", message, change: toCreated(message, rev), members: members?.ids ?? [] };
}

/** What a repeat is told of the send it waited for; undefined when it has to be tried by itself. */
function repeatOf(first: NewMessage, outcome: SendOutcome, repeat: NewMessage): SendOutcome | undefined {
  const same = first.body === repeat.body && first.conversationId === repeat.conversationId;
  if (outcome.kind === "stored" || outcome.kind === "duplicate") {
    return same ? { kind: "duplicate", message: outcome.message } : { kind: "conflict" };
  }
  return same && first.replyTo === repeat.replyTo ? outcome : undefined;
}
