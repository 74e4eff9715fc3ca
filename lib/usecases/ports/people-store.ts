import type { SessionId, UserId } from "@/lib/contract/ids";
import type { Person } from "@/lib/contract/shapes";

/** An account, without its password. */
export interface Account extends Person {
  role: "admin" | "user";
  createdAt: Date;
  disabledAt?: Date;
  lastSeenAt?: Date;
}

export interface Session {
  id: SessionId;
  userId: UserId;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  userAgent: string;
  address: string;
}

/** How long a session lasts: so long after its latest use, and so long after signing in at most. */
export interface SessionLife {
  days: number;
  mostDays: number;
}

export interface Invite {
  id: string;
  createdAt: Date;
  createdBy: Person;
  expiresAt: Date;
  maxUses: number;
  uses: number;
  /** By the database's clock. */
  state: "open" | "used_up" | "expired" | "revoked";
}

/** Accounts and what proves them. Usernames are compared in lower case. */
export interface PeopleStore {
  /** Undefined when the username is taken. */
  createAccount(account: {
    id: UserId;
    username: string;
    name: string;
    passwordHash: string;
    role: "admin" | "user";
  }): Promise<Account | undefined>;
  /**
   * The first account of the server, an admin. `not_first` when there is an account already, also when two try at
   * once; `wrong_token` when the token is not the set-up token's.
   */
  createFirstAdmin(
    account: { id: UserId; username: string; name: string; passwordHash: string },
    setupTokenHash: string,
  ): Promise<Account | "not_first" | "wrong_token">;
  /** Makes an account and uses up one use of the invite, both or neither. */
  createInvited(
    account: { id: UserId; username: string; name: string; passwordHash: string },
    inviteTokenHash: string,
  ): Promise<Account | "invalid_invite" | "username_taken">;
  countAccounts(): Promise<number>;
  byId(id: UserId): Promise<Account | undefined>;
  /** In one query, in any order, without those that do not exist. */
  byIds(ids: readonly UserId[]): Promise<Account[]>;
  byUsername(username: string): Promise<Account | undefined>;
  byUsernames(usernames: readonly string[]): Promise<Account[]>;
  /** With the hash, for signing in; disabled accounts too. */
  forSignIn(username: string): Promise<{ account: Account; passwordHash: string } | undefined>;
  passwordHash(id: UserId): Promise<string | undefined>;
  /** Enabled accounts by prefix of the username or of a word of the name, ordered by username, after a username. */
  search(page: {
    query: string;
    after?: string;
    limit: number;
    except?: UserId;
  }): Promise<{ people: Person[]; hasMore: boolean }>;
  /** All accounts, also disabled ones, ordered by username, for admins and the command line. */
  list(page: {
    query: string;
    after?: string;
    limit: number;
  }): Promise<{ accounts: Account[]; hasMore: boolean }>;
  rename(id: UserId, name: string): Promise<void>;
  /**
   * Revokes every session but `keep`; returns the ids of the revoked ones. With `replaces`, undefined and nothing done
   * when the password is another one by now.
   */
  setPassword(
    id: UserId,
    passwordHash: string,
    options?: { keep?: SessionId | undefined; replaces?: string },
  ): Promise<SessionId[] | undefined>;
  /**
   * Disabling revokes all sessions and API tokens; returns their ids. Enabling gives none back. `last_admin`, and
   * nothing done, when no enabled admin would be left, also when two try at once.
   */
  setDisabled(id: UserId, disabled: boolean): Promise<string[] | "last_admin">;
  /** `last_admin`, and nothing done, when no enabled admin would be left. */
  setRole(id: UserId, role: "admin" | "user"): Promise<"done" | "last_admin">;
  /** All of them were last seen now. */
  touchLastSeen(ids: readonly UserId[]): Promise<void>;

  /**
   * False, and no session, when the account was disabled or got another password since `passwordHash` was read: a
   * sign-in that races with either does not outlive it.
   */
  createSession(session: {
    id: SessionId;
    userId: UserId;
    passwordHash: string;
    userAgent: string;
    address: string;
    days: number;
  }): Promise<boolean>;
  /**
   * The account behind a session that is neither revoked nor expired and whose user is enabled; notes the use, at most
   * once a minute, and with `life` moves the session's end, at most once a day (see `prolongSessions`).
   */
  bySession(id: SessionId, life?: SessionLife): Promise<Account | undefined>;
  /**
   * These are in use: moves the ends of the open ones to what `life` allows, by the database's clock, those that gain a
   * day by it, or a quarter of their days when that is less. Never shortens one. Returns how many it moved.
   */
  prolongSessions(ids: readonly string[], life: SessionLife): Promise<number>;
  /** Open sessions, latest use first. */
  sessions(user: UserId): Promise<Session[]>;
  /** Only the user's own; true when it was open. */
  revokeSession(user: UserId, id: SessionId): Promise<boolean>;
  /** Revokes the user's open sessions but `keep`; returns their ids. */
  revokeSessions(user: UserId, keep?: SessionId): Promise<SessionId[]>;
  /** Ends an open session because its user signed out; true when it was open. */
  signOutSession(id: SessionId): Promise<boolean>;
  /**
   * Ids of sessions and API tokens that ended (revoked, expired, user disabled) out of these, with the reason. One that
   * is not known, as after an old backup was restored, counts as revoked.
   */
  ended(ids: {
    sessions: readonly string[];
    tokens: readonly string[];
  }): Promise<
    { id: string; reason: "revoked" | "signed_out" | "expired" | "disabled" | "password_changed" }[]
  >;
  /**
   * Deletes up to `most` sessions that ended or expired more than `afterDays` ago and began more than `mostDays` ago,
   * so that no cookie names them; returns how many. Until then their owner is told why they ended.
   */
  forgetEndedSessions(which: { afterDays: number; mostDays: number; most: number }): Promise<number>;

  createToken(token: { id: string; userId: UserId; name: string; hash: string }): Promise<void>;
  byToken(hash: string): Promise<{ tokenId: string; account: Account } | undefined>;

  createInvite(invite: {
    id: string;
    tokenHash: string;
    createdBy: UserId;
    hours: number;
    maxUses: number;
  }): Promise<Invite>;
  /** Whether somebody could join with it now. */
  inviteIsOpen(tokenHash: string): Promise<boolean>;
  /** The latest 200, newest first. */
  invites(): Promise<Invite[]>;
  /** False when there is none, or it was revoked before. */
  revokeInvite(id: string): Promise<boolean>;

  setupTokenHash(): Promise<string | undefined>;
  setSetupTokenHash(hash: string | null): Promise<void>;
  signUpIsOpen(): Promise<boolean>;
  setSignUpOpen(open: boolean): Promise<void>;
}
