import type { ClientId, ConversationId, MessageId, UserId } from "./ids";

/** A time on the wire: ISO 8601 in UTC. */
export type Timestamp = string;

/** Who is signed in. */
export interface Me {
  id: UserId;
  username: string;
  name: string;
  role: "admin" | "user";
}

/** Somebody one can talk to. */
export interface Person {
  id: UserId;
  username: string;
  name: string;
}

export interface Member extends Person {
  role: "owner" | "admin" | "member";
  joinedAt: Timestamp;
}

export interface Reaction {
  emoji: string;
  userIds: UserId[];
}

/** A message as it is now. A deleted one is a tombstone: `deletedAt` is set and `body` is empty. */
export interface Message {
  conversationId: ConversationId;
  /** Its place in the conversation, from 1, without holes. */
  seq: number;
  /** The revision of its latest change. */
  rev: number;
  id: MessageId;
  /** Only on the sender's own devices. */
  clientId?: ClientId;
  sender: Person;
  body: string;
  /** 1 when new, one more with every edit and with the deletion. */
  version: number;
  createdAt: Timestamp;
  editedAt?: Timestamp;
  deletedAt?: Timestamp;
  replyTo?: number;
  reactions: Reaction[];
  attachments: never[];
}

/** How far somebody has come: everything up to `deliveredSeq` reached a device, up to `readSeq` was read. */
export interface Receipt {
  conversationId: ConversationId;
  userId: UserId;
  deliveredSeq: number;
  readSeq: number;
}

/** A conversation as one member sees it in a list: absolute, so that the latest one simply replaces. */
export interface Head {
  id: ConversationId;
  kind: "direct" | "group";
  /** A group's title; empty for a direct conversation, which is named after the other person. */
  title: string;
  /** At most 50; `memberCount` says how many there are. */
  members: Member[];
  memberCount: number;
  lastSeq: number;
  lastRev: number;
  readSeq: number;
  /** Messages of others after `readSeq` that are not deleted. */
  unread: number;
  muted: boolean;
  lastMessage?: Message;
  /** Changes when the store was replaced by an older state; what a client has cached is void then. */
  epoch: string;
  /** How far the other members have come, for the ticks; of the members that `members` names. */
  receipts: Receipt[];
}

export type ChangeType =
  | "message.created"
  | "message.edited"
  | "message.deleted"
  | "message.reacted"
  | "member.added"
  | "member.removed"
  | "conversation.updated";

/** One step of a conversation's history, with the full resulting state: applying it twice is harmless. */
export interface Change {
  conversationId: ConversationId;
  /** Dense from 1 in its conversation. */
  rev: number;
  type: ChangeType;
  message?: Message;
  member?: Member;
  conversation?: { id: ConversationId; title: string; memberCount: number };
  at: Timestamp;
}

export interface Presence {
  userId: UserId;
  state: "online" | "away" | "offline" | "unknown";
  lastSeenAt?: Timestamp;
}

/** One user who is connected, for operators. */
export interface OnlineUser extends Person {
  /** Names of the nodes that hold a socket of theirs. */
  nodes: string[];
  /** Distinct devices. */
  devices: number;
  /** Open sockets: tabs and programs. */
  sockets: number;
  /** Nobody does anything at any of them. */
  away?: true;
  since: Timestamp;
  /** Each open socket, the oldest first. Nodes of older versions leave it out. */
  connections?: OnlineConnection[];
}

/** One open socket, for operators. */
export interface OnlineConnection {
  /** The node that holds it. */
  node: string;
  /** What its program says it is; either may be unknown. */
  browser?: string;
  system?: string;
  since: Timestamp;
  /** Whoever sits there has done nothing for a while. */
  idle?: true;
}
