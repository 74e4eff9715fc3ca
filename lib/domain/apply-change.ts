import type { UserId } from "@/lib/contract/ids";
import { LIMITS } from "@/lib/contract/limits";
import type { Change, Head, Member, Message } from "@/lib/contract/shapes";

/**
 * The head after one more change, as the member `me` sees it: a snapshot plus the changes after it equals a fresh
 * snapshot, at the latest when every change up to the newest `message.rev` was applied. Changes must come in the order
 * of `rev` and without gap; one that the head already holds (`rev <= lastRev`) gives the same object back.
 *
 * Cursors (`readSeq`, `receipts`) are moved by `head` and `receipt`, never by a change. A removal from a group with more
 * members than a head names leaves `members` one short: {@link namesEveryMember} tells, and a fresh head mends it.
 */
export function applyChangeToHead(head: Head, change: Change, me: UserId): Head {
  if (change.rev <= head.lastRev) return head;
  return { ...head, ...effect(head, change, me), lastRev: change.rev };
}

/** Whether `members` is as long as a fresh snapshot's. */
export function namesEveryMember(head: Head): boolean {
  return head.members.length >= Math.min(head.memberCount, LIMITS.headMembers);
}

function effect(head: Head, change: Change, me: UserId): Partial<Head> {
  const { type, message, member } = change;
  switch (type) {
    case "message.created":
      return message === undefined ? {} : created(head, message, me);
    case "message.deleted":
      return message === undefined ? {} : { ...restated(head, message), ...uncounted(head, message, me) };
    case "message.edited":
    case "message.reacted":
      return message === undefined ? {} : restated(head, message);
    case "member.added":
      return { ...retitled(change), ...(member === undefined ? {} : joined(head, member, change, me)) };
    case "member.removed":
      return { ...retitled(change), ...(member === undefined ? {} : left(head, member, change)) };
    case "conversation.updated":
      return retitled(change);
  }
}

/**
 * Counts also a message that is a tombstone by now: its state is newer than this change, and its `message.deleted`,
 * which is still to come, takes it off again.
 */
function created(head: Head, message: Message, me: UserId): Partial<Head> {
  if (message.seq <= head.lastSeq) return {};
  const counts = isUnread(head, message, me);
  return { lastSeq: message.seq, lastMessage: message, unread: head.unread + (counts ? 1 : 0) };
}

/** A message is deleted once, and was counted when it was created: no need to know how it looked before. */
function uncounted(head: Head, message: Message, me: UserId): Partial<Head> {
  return isUnread(head, message, me) ? { unread: Math.max(0, head.unread - 1) } : {};
}

function isUnread(head: Head, message: Message, me: UserId): boolean {
  return message.sender.id !== me && message.seq > head.readSeq;
}

function restated(head: Head, message: Message): Partial<Head> {
  if (message.seq !== head.lastSeq) return {};
  if (head.lastMessage !== undefined && head.lastMessage.rev > message.rev) return {};
  return { lastMessage: message };
}

function retitled({ conversation }: Change): Partial<Head> {
  if (conversation === undefined) return {};
  return { title: conversation.title, memberCount: conversation.memberCount };
}

/** Whoever joins starts with everything read, and stands in the order of joining, then of ids, as in a snapshot. */
function joined(head: Head, member: Member, change: Change, me: UserId): Partial<Head> {
  const others = head.members.filter(({ id }) => id !== member.id);
  const wasMember = others.length < head.members.length;
  const members = longestStanding([...others, member].sort(byJoining), me);
  const named = new Set(members.map(({ id }) => id));
  const receipts = head.receipts.filter(({ userId }) => named.has(userId));
  if (!wasMember && member.id !== me && named.has(member.id)) {
    const start = { deliveredSeq: head.lastSeq, readSeq: head.lastSeq };
    receipts.push({ conversationId: head.id, userId: member.id, ...start });
  }
  const memberCount = change.conversation?.memberCount ?? head.memberCount + (wasMember ? 0 : 1);
  return { members, receipts, memberCount };
}

/** As many as a head names; the viewer always. */
function longestStanding(members: readonly Member[], me: UserId): Member[] {
  const named = members.slice(0, LIMITS.headMembers);
  const self = members.slice(LIMITS.headMembers).find(({ id }) => id === me);
  return self === undefined ? named : [...named.slice(0, -1), self];
}

function left(head: Head, member: Member, change: Change): Partial<Head> {
  return {
    members: head.members.filter(({ id }) => id !== member.id),
    receipts: head.receipts.filter(({ userId }) => userId !== member.id),
    memberCount: change.conversation?.memberCount ?? Math.max(0, head.memberCount - 1),
  };
}

function byJoining(one: Member, other: Member): number {
  if (one.joinedAt !== other.joinedAt) return one.joinedAt < other.joinedAt ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}
