import type { ErrorBody } from "@/lib/contract/errors";
import type { ClientId, ConversationId, UserId } from "@/lib/contract/ids";
import type { Change } from "@/lib/contract/shapes";
import type { Call } from "./call";
import type { StoppableClock } from "./clock";
import type { PendingMessage } from "./engine";
import { newClientId } from "./new-id";
import { createOutboxLanes } from "./outbox-lanes";
import type { ClientStorage, OutboxEntry } from "./storage";
import type { TabMessage } from "./tab-channel";

export interface OutboxOptions {
  user: UserId;
  storage: ClientStorage;
  clock: StoppableClock;
  call: Call;
  isConnected(): boolean;
  /** To the other tabs. */
  post(message: TabMessage): void;
  changed(conversation: ConversationId): void;
  /** The server has a message of ours as of this revision: whether its change was applied here already. */
  isApplied(conversation: ConversationId, rev: number): boolean;
}

export interface Outbox {
  /** Reads what earlier visits left. */
  load(): Promise<void>;
  /** Sends everything that waits, in order; other tabs may do the same at once: the ids make it harmless. */
  flush(): void;
  /** Typed first comes first. */
  waiting(conversation: ConversationId): readonly PendingMessage[];
  send(conversation: ConversationId, body: string): void;
  retry(id: ClientId): void;
  discard(id: ClientId): void;
  /** A change went into the conversation: what it brought is pending no longer. */
  settle(change: Change): void;
  /** The conversation is known up to this revision. */
  reached(conversation: ConversationId, rev: number): void;
  hear(message: TabMessage): void;
  /** Forgets everything, here and in the browser. */
  clear(): Promise<void>;
}

/** An entry of another tab is that tab's to send; when it still waits after this long, that tab may be gone. */
const TAKE_OVER_MS = 5_000;

interface Entry extends OutboxEntry {
  /** The server has it: shown as pending until the change of this revision is applied. */
  acceptedRev?: number;
}

/**
 * Messages on their way to the server. Each is written down before it is sent, is sent with the same id until the
 * server has it or refuses it, and in its conversation never before the one typed earlier.
 */
export function createOutbox(options: OutboxOptions): Outbox {
  const { user, storage, clock } = options;
  const entries = new Map<ClientId, Entry>();
  /** What is over: an entry read from storage a moment too late must not come back. */
  const over = new Set<ClientId>();
  let lastCreatedAt = 0;
  let loading: Promise<void> | undefined;

  const entriesOf = (conversation: ConversationId) =>
    [...entries.values()].filter((entry) => entry.conversationId === conversation).sort(byCreation);

  const keep = (entry: Entry) => {
    entries.set(entry.clientId, entry);
    lastCreatedAt = Math.max(lastCreatedAt, entry.createdAt);
    options.changed(entry.conversationId);
  };
  const drop = (id: ClientId) => {
    const entry = entries.get(id);
    over.add(id);
    entries.delete(id);
    if (entry !== undefined) options.changed(entry.conversationId);
  };
  const write = async (entry: Entry) => {
    keep(entry);
    await storage.putInOutbox(entry);
    options.post({ kind: "put", entry });
  };

  const accepted = (id: ClientId, rev: number) => {
    const entry = entries.get(id);
    if (entry === undefined) return;
    if (options.isApplied(entry.conversationId, rev)) drop(id);
    else entries.set(id, { ...entry, acceptedRev: rev });
  };
  const refused = (entry: Entry, error: ErrorBody) => {
    if (entries.has(entry.clientId)) void write({ ...entry, state: "failed", error });
  };

  const lanes = createOutboxLanes({
    clock,
    call: options.call,
    isConnected: options.isConnected,
    async next(conversation) {
      await loading;
      return entriesOf(conversation).find((e) => e.state === "pending" && e.acceptedRev === undefined);
    },
    accepted(entry, rev) {
      accepted(entry.clientId, rev);
      void storage.takeFromOutbox(entry.clientId);
      const { clientId, conversationId } = entry;
      options.post({ kind: "accepted", clientId, conversationId, rev });
    },
    refused,
  });

  const isAccepted = (id: ClientId) => entries.get(id)?.acceptedRev !== undefined;
  const takeOver = (id: ClientId) => {
    const entry = entries.get(id);
    if (entry?.state === "pending") lanes.drain(entry.conversationId);
  };

  return {
    load() {
      loading ??= storage.outbox(user).then((stored) => {
        for (const entry of stored)
          if (!over.has(entry.clientId) && !entries.has(entry.clientId)) keep(entry);
      });
      return loading;
    },
    flush() {
      for (const id of new Set([...entries.values()].map((entry) => entry.conversationId))) lanes.drain(id);
    },
    waiting: entriesOf,
    send(conversationId, body) {
      const createdAt = Math.max(clock.now(), lastCreatedAt + 1);
      const entry: Entry = {
        user,
        clientId: newClientId(),
        conversationId,
        body,
        createdAt,
        state: "pending",
      };
      void write(entry).then(() => lanes.drain(conversationId));
    },
    retry(id) {
      const entry = entries.get(id);
      if (entry?.state !== "failed") return;
      const { error: _, ...again } = entry;
      void write({ ...again, state: "pending" }).then(() => lanes.drain(entry.conversationId));
    },
    discard(id) {
      if (entries.get(id)?.state !== "failed") return;
      drop(id);
      void storage.takeFromOutbox(id);
      options.post({ kind: "discarded", clientId: id });
    },
    settle({ message }) {
      const id = message?.clientId;
      if (id === undefined || !entries.has(id)) return;
      drop(id);
      void storage.takeFromOutbox(id);
    },
    reached(conversation, rev) {
      for (const { clientId, acceptedRev } of entriesOf(conversation))
        if (acceptedRev !== undefined && acceptedRev <= rev) drop(clientId);
    },
    hear(message) {
      if (message.kind === "discarded") drop(message.clientId);
      else if (message.kind === "accepted") accepted(message.clientId, message.rev);
      else if (!over.has(message.entry.clientId) && !isAccepted(message.entry.clientId)) {
        keep(message.entry);
        clock.after(TAKE_OVER_MS * (1 + clock.random()), () => takeOver(message.entry.clientId));
      }
    },
    async clear() {
      for (const id of [...entries.keys()]) drop(id);
      await storage.clearOutbox(user);
    },
  };
}

function byCreation(one: Entry, other: Entry): number {
  return one.createdAt - other.createdAt || (one.clientId < other.clientId ? -1 : 1);
}
