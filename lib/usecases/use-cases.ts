import type { ClientEventName, ClientResults, ParsedPayload } from "@/lib/contract/client-events";
import type { ConversationId, SessionId, UserId } from "@/lib/contract/ids";
import type { SessionEndReason } from "@/lib/contract/server-events";
import type { Head, Message, OnlineUser, Presence } from "@/lib/contract/shapes";
import type { Actor } from "./actor";
import type { NodeFacts } from "./ports/nodes";
import type { Account, Invite, Session } from "./ports/people-store";

/** A use case behind an event of the wire: the same payload and the same result. */
type EventUseCase<E extends ClientEventName> = (
  actor: Actor,
  payload: ParsedPayload<E>,
) => Promise<ClientResults[E]>;

/** Delivery: what the events of the wire do. */
export interface ConversationUseCases {
  sync: EventUseCase<"sync">;
  openConversation: EventUseCase<"conversation:open">;
  createConversation: EventUseCase<"conversation:create">;
  updateConversation: EventUseCase<"conversation:update">;
  leaveConversation: EventUseCase<"conversation:leave">;
  history: EventUseCase<"conversation:history">;
  changes: EventUseCase<"conversation:changes">;
  sendMessage: EventUseCase<"message:send">;
  editMessage: EventUseCase<"message:edit">;
  deleteMessage: EventUseCase<"message:delete">;
  reactToMessage: EventUseCase<"message:react">;
  setRead: EventUseCase<"read:set">;
  setDelivered: EventUseCase<"delivered">;
  /** Conversations with unread messages, latest activity first, for the inbox. */
  inbox(actor: Actor, page: { before?: { lastMessageAt: string; id: ConversationId } }): Promise<InboxPage>;
  markAllRead(actor: Actor): Promise<{ conversations: number }>;
}

export interface InboxPage {
  entries: { head: Head; messages: Message[] }[];
  hasMore: boolean;
  total: { conversations: number; messages: number };
}

/** Who is there. */
export interface PresenceUseCases {
  watchPresence: EventUseCase<"presence:watch">;
  searchPeople: EventUseCase<"people:search">;
  /** For admins; the role is read anew, since a connection outlives a change of it. */
  listOnline(actor: Actor): Promise<OnlineUser[]>;
  /** Tells the other members. Lossy. */
  setTyping: EventUseCase<"typing">;
  /** How these users stand now. */
  standingOf(users: readonly UserId[]): Promise<Presence[]>;
  /** The last connections of these users closed: notes when they were last seen, and says how they stand now. */
  noteOffline(users: readonly UserId[]): Promise<Presence[]>;
}

export interface NewAccount {
  username: string;
  name: string;
  password: string;
}

/** Accounts: HTTP, pages and the command line. Fields are parsed here, so that every caller gets the same answers. */
export interface AccountUseCases {
  /**
   * Checks a name and a password. `throttled` comes with the wait; whether a user exists shows neither in the answer
   * nor in its time; `disabled` only with the right password.
   */
  signIn(attempt: {
    username: string;
    password: string;
    address: string;
    userAgent: string;
  }): Promise<
    | { kind: "signed_in"; account: Account; sessionId: SessionId }
    | { kind: "refused" }
    | { kind: "disabled" }
    | { kind: "throttled"; retryAfterMs: number }
  >;
  /** The actor of a session cookie's `sid`; undefined when the session ended. */
  actorOfSession(id: SessionId): Promise<Actor | undefined>;
  /** The actor of an API token; undefined when there is none. */
  actorOfToken(token: string): Promise<Actor | undefined>;
  signOut(session: SessionId): Promise<void>;
  /** Why a session is no longer valid; undefined while it is. */
  sessionEndReason(id: SessionId): Promise<SessionEndReason | undefined>;

  /** Whether anybody has an account: false until the set-up link was used. */
  isSetUp(): Promise<boolean>;
  /** The one-time token of the set-up link while there is no account: a new one with every call; undefined afterwards. */
  issueSetupToken(): Promise<string | undefined>;
  setupIsOpen(token: string): Promise<boolean>;
  createFirstAdmin(account: NewAccount, setupToken: string): Promise<Account>;

  /** Whether somebody could join with this invite, or, without one, because sign-up is open. */
  joinIsOpen(inviteToken: string | undefined): Promise<boolean>;
  /** `address` is where it comes from: without an invite so many a minute may join from there, and no more. */
  join(account: NewAccount, inviteToken: string | undefined, address: string): Promise<Account>;

  rename(actor: Actor, name: string): Promise<void>;
  /** Ends the user's other sessions. */
  changePassword(actor: Actor, passwords: { current: string; next: string }): Promise<void>;
  listSessions(actor: Actor): Promise<(Session & { current: boolean })[]>;
  revokeSession(actor: Actor, id: SessionId): Promise<void>;
  /** Every session of the user but the one that asks. */
  revokeOtherSessions(actor: Actor): Promise<{ sessions: number }>;

  // for admins
  listAccounts(
    actor: Actor,
    page: { query: string; after?: string },
  ): Promise<{ accounts: Account[]; hasMore: boolean }>;
  setAccountDisabled(actor: Actor, user: UserId, disabled: boolean): Promise<void>;
  setAccountRole(actor: Actor, user: UserId, role: "admin" | "user"): Promise<void>;
  /** The token is shown once. Between 1 hour and 90 days, 1 to 1,000 uses. */
  createInvite(
    actor: Actor,
    invite: { hours: number; uses: number },
  ): Promise<{ invite: Invite; token: string }>;
  listInvites(actor: Actor): Promise<Invite[]>;
  revokeInvite(actor: Actor, id: string): Promise<void>;
  signUpIsOpen(): Promise<boolean>;
  setSignUpOpen(actor: Actor, open: boolean): Promise<void>;
}

/** What an operator does at the command line, with the rights of whoever may open the database. */
export interface OperatorUseCases {
  addUser(account: NewAccount & { admin: boolean }): Promise<Account>;
  setPassword(username: string, password: string): Promise<void>;
  setDisabled(username: string, disabled: boolean): Promise<void>;
  listUsers(page: { after?: string }): Promise<{ accounts: Account[]; hasMore: boolean }>;
  createToken(username: string): Promise<string>;
  /** The database was restored: without this, clients that know more than it does take what is new for old. */
  databaseRestored(): Promise<void>;
}

/** The nodes themselves, for admins. */
export interface NodeUseCases {
  /** The live ones, by name. */
  listNodes(actor: Actor): Promise<NodeFacts[]>;
  /**
   * Has a node move its people to the others and take no more, until it is told otherwise or starts anew. Repeating it
   * changes nothing.
   *
   * @throws HomingError `not_found`, `conflict` when no other node takes people in, `unavailable` when it does not answer
   */
  setNodeDraining(actor: Actor, instance: string, draining: boolean): Promise<void>;
}

export interface UseCases {
  conversations: ConversationUseCases;
  presence: PresenceUseCases;
  accounts: AccountUseCases;
  nodes: NodeUseCases;
}
