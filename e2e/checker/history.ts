import type { ErrorCode } from "@/lib/contract/errors";
import type { Change, Message, Presence } from "@/lib/contract/shapes";

/** A message as some reader saw it. */
export interface MessageView {
  seq: number;
  rev: number;
  id: string;
  /** The username. */
  sender: string;
  /** Only in what the sender itself read. */
  clientId?: string;
  body: string;
  version: number;
  deleted: boolean;
}

/**
 * One request of one device: who, when, and how it ended. `ok` was acknowledged; `fail` was refused, nothing happened;
 * `info` is unknown: no answer, or one that says that its fate is unknown. Times are milliseconds of one monotonic clock.
 */
interface Request {
  user: string;
  device: string;
  node: string;
  conversation: string;
  startedAt: number;
  endedAt: number;
  outcome: "ok" | "fail" | "info";
  code?: ErrorCode;
}

export interface SendRequest extends Request {
  kind: "send";
  clientId: string;
  body: string;
  answer?: { message: MessageView; duplicate: boolean };
}

/** An edit or a deletion; `body` is absent in a deletion. */
export interface AlterRequest extends Request {
  kind: "alter";
  seq: number;
  body?: string;
  answer?: { message: MessageView };
}

export interface ReadRequest extends Request {
  kind: "read";
  seq: number;
  unread: boolean;
  answer?: { readSeq: number };
}

export interface HistoryRequest extends Request {
  kind: "history";
  beforeSeq?: number;
  answer?: { messages: MessageView[]; hasMore: boolean };
}

/** Somebody was let into a group or put out of it. */
export interface MembershipRequest extends Request {
  kind: "membership";
  member: string;
  joins: boolean;
  answer?: { rev: number };
}

/** One conversation of a snapshot. */
export interface HeadRequest extends Request {
  kind: "head";
  answer?: { readSeq: number; lastSeq: number; lastRev: number };
}

export type AnyRequest =
  | SendRequest
  | AlterRequest
  | ReadRequest
  | HistoryRequest
  | MembershipRequest
  | HeadRequest;

/** A change that a device applied to its view, in the order of its applying. */
export interface Applied {
  device: string;
  user: string;
  conversation: string;
  rev: number;
  type: Change["type"];
  seq: number | undefined;
  version: number | undefined;
  deleted: boolean;
  at: number;
}

/** Anything of a conversation that came to a device unasked. */
export interface Heard {
  device: string;
  user: string;
  conversation: string;
  event: "change" | "head" | "receipt" | "typing";
  at: number;
}

/** A device was connected and in step with a snapshot from `from` to `to`. */
export interface Connection {
  device: string;
  user: string;
  node: string;
  from: number;
  to: number;
}

export interface PresenceSeen {
  watcher: string;
  user: string;
  state: Presence["state"];
  at: number;
}

/** While a fault lasted. `impaired` are the nodes of which nothing can be expected then; without: none. */
export interface FaultWindow {
  fault: string;
  title: string;
  from: number;
  to: number;
  impaired: readonly string[];
}

/** All of a user's credentials were ended by an operator at this time. */
export interface Revocation {
  user: string;
  at: number;
  withinMs: number;
}

/** What was done and seen, in no particular order across the lists; each list is in the order of time. */
export interface History {
  /** The conversations of the run with the usernames of those who are members all along. */
  conversations: { id: string; members: string[] }[];
  requests: AnyRequest[];
  applied: Applied[];
  heard: Heard[];
  connections: Connection[];
  presence: PresenceSeen[];
  faults: FaultWindow[];
  revocations: Revocation[];
}

export function emptyHistory(): History {
  return {
    conversations: [],
    requests: [],
    applied: [],
    heard: [],
    connections: [],
    presence: [],
    faults: [],
    revocations: [],
  };
}

/** The requests of one kind. */
export function requestsOf<K extends AnyRequest["kind"]>(history: History, kind: K) {
  return history.requests.filter(
    (request): request is Extract<AnyRequest, { kind: K }> => request.kind === kind,
  );
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

export function viewOf(message: Message): MessageView {
  return {
    seq: message.seq,
    rev: message.rev,
    id: message.id,
    sender: message.sender.username,
    ...(message.clientId === undefined ? {} : { clientId: message.clientId }),
    body: message.body,
    version: message.version,
    deleted: message.deletedAt !== undefined,
  };
}
