import type { ClientId, ConversationId, MessageId, UserId } from "@/lib/contract/ids";
import type { Change, Head, Member, Message } from "@/lib/contract/shapes";

export interface NewMessage {
  id: MessageId;
  conversationId: ConversationId;
  senderId: UserId;
  clientId: ClientId;
  body: string;
  replyTo?: number;
}

/** What became of a send. `change` is the `message.created` to fan out to `members`. */
export type SendOutcome =
  | { kind: "stored"; message: Message; change: Change; members: readonly UserId[] }
  | { kind: "duplicate"; message: Message }
  /** The same client id was used with another body or in another conversation. */
  | { kind: "conflict" }
  | { kind: "not_member" }
  | { kind: "no_such_reply" };

/** A creation of a group, as its repeats are known by. */
export interface GroupRequest {
  creator: UserId;
  clientId: ClientId;
  /** What was asked for: the same text for the same group. */
  content: string;
}

export type GroupOutcome =
  | { kind: "created" | "repeated"; id: ConversationId }
  /** The same client id was used for a group with other content. */
  | { kind: "conflict" };

/** How far one member has come, after a cursor was moved. */
export interface CursorOutcome {
  readSeq: number;
  deliveredSeq: number;
  /** Recounted when the read cursor was asked to move, else absent: counting is not free. */
  unread?: number;
  /** Whether anything moved: nobody is told when nothing did. */
  moved: boolean;
  members: readonly UserId[];
}

/** One conversation under its row lock: everybody else who changes it waits until the work is done. */
export interface ConversationUnit {
  readonly id: ConversationId;
  readonly kind: "direct" | "group";
  readonly title: string;
  /** Undefined when not a member (now). */
  member(user: UserId): Promise<Member | undefined>;
  memberIds(): Promise<UserId[]>;
  /** Longest-standing first. */
  members(): Promise<Member[]>;
  /** With `clientId`, as its sender sees it. */
  message(seq: number): Promise<Message | undefined>;
  /** Sets the body, raises `version`, records `message.edited`. */
  editMessage(seq: number, body: string): Promise<Change & { message: Message }>;
  /** Removes the body for good, raises `version`, records `message.deleted`. */
  deleteMessage(seq: number): Promise<Change & { message: Message }>;
  setReaction(seq: number, user: UserId, emoji: string, on: boolean): Promise<Change & { message: Message }>;
  /** Everything so far counts as read. For who is a member already it changes the role, told as `member.added` too. */
  addMember(user: UserId, role: Member["role"]): Promise<Change>;
  removeMember(user: UserId): Promise<Change>;
  rename(title: string): Promise<Change>;
}

/** The truth about conversations. Every promise is kept after COMMIT; rejections are `unavailable` HomingErrors. */
export interface ConversationStore {
  /** Sends that arrive together commit together; resolves after COMMIT. A repeat while the first is under way waits for it. */
  send(message: NewMessage): Promise<SendOutcome>;
  /** Runs `work` in one transaction under the conversation's row lock; undefined when there is no such conversation. */
  change<T>(
    conversation: ConversationId,
    work: (unit: ConversationUnit) => Promise<T>,
  ): Promise<T | undefined>;
  /** The one direct conversation of two people, or of one with oneself, made when it is missing, however many ask at once. */
  openDirect(one: UserId, other: UserId): Promise<{ id: ConversationId; created: boolean }>;
  /** A group with its first members; of several at once with the same (creator, clientId) the first is made. */
  createGroup(
    group: GroupRequest & { id: ConversationId; title: string; members: readonly UserId[] },
  ): Promise<GroupOutcome>;
  /** What became of the first creation with this (creator, clientId); undefined when there was none. Never `created`. */
  createdGroup(request: GroupRequest): Promise<GroupOutcome | undefined>;
  epoch(): Promise<string>;
  /** One consistent snapshot of all conversations of a user, latest activity first. */
  heads(user: UserId): Promise<Head[]>;
  /** Undefined when not a member. */
  head(user: UserId, conversation: ConversationId): Promise<Head | undefined>;
  /** One conversation as each of these users sees it, in one snapshot; without those who are no members. */
  headsOfMembers(
    conversation: ConversationId,
    users: readonly UserId[],
  ): Promise<{ user: UserId; head: Head }[]>;
  /** Oldest first; undefined when not a member. `clientId` only on the user's own messages. */
  history(
    user: UserId,
    conversation: ConversationId,
    page: { beforeSeq?: number; limit: number },
  ): Promise<{ messages: Message[]; hasMore: boolean } | undefined>;
  /** Changes after a revision, with the state as it is now; undefined when not a member. */
  changes(
    user: UserId,
    conversation: ConversationId,
    page: { afterRev: number; limit: number },
  ): Promise<{ changes: Change[]; lastRev: number; hasMore: boolean; reset?: true } | undefined>;
  /** Moves forward only, capped at the last message; undefined when not a member. Read implies delivered. */
  moveCursors(
    user: UserId,
    conversation: ConversationId,
    to: { readSeq?: number; deliveredSeq?: number },
  ): Promise<CursorOutcome | undefined>;
  /** Puts the read cursor just before `seq` (or where it was when that is further back). */
  markUnread(user: UserId, conversation: ConversationId, seq: number): Promise<CursorOutcome | undefined>;
  /** Conversations with unread messages, latest activity first, each with its last unread messages, oldest first. */
  unread(
    user: UserId,
    page: { limit: number; messagesEach: number; before?: { lastMessageAt: string; id: ConversationId } },
  ): Promise<{
    entries: { head: Head; messages: Message[] }[];
    hasMore: boolean;
    total: { conversations: number; messages: number };
  }>;
  /** Everything unread of a user read at once; what was moved, for the fan-out. */
  markAllRead(user: UserId): Promise<{ conversationId: ConversationId; outcome: CursorOutcome }[]>;
}
