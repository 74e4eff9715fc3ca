import type { PendingMessage } from "@/lib/client/engine";
import type { UserId } from "@/lib/contract/ids";
import type { Message } from "@/lib/contract/shapes";
import { dayOf } from "../format/calendar";

/** Messages of one person within this time stand together. */
const GROUP_MS = 5 * 60_000;

interface RowFrame {
  /** Stays with a message, also when the pending one becomes the real one. */
  key: string;
  own: boolean;
  at: Date;
  /** The first of its day: a separator stands above it. */
  startsDay: boolean;
  /** The first that was unread when the conversation was opened: a line stands above it. */
  startsUnread: boolean;
  /** First and last of a group of one person. */
  startsGroup: boolean;
  endsGroup: boolean;
}

export interface MessageRow extends RowFrame {
  kind: "message";
  message: Message;
}

export interface PendingRow extends RowFrame {
  kind: "pending";
  pending: PendingMessage;
}

export type TimelineRow = MessageRow | PendingRow;

export interface TimelineInput {
  messages: readonly Message[];
  pending: readonly PendingMessage[];
  /** Whether the first message is the conversation's first; else nothing is known of what stands above it. */
  complete: boolean;
  me: UserId;
  timeZone: string;
  /** The line stands above the first message of others after this `seq`. */
  unreadAfter: number | undefined;
}

type Entry = {
  sender: UserId;
  at: Date;
  row: Omit<MessageRow, keyof FrameFlags> | Omit<PendingRow, keyof FrameFlags>;
};
type FrameFlags = Pick<RowFrame, "startsDay" | "startsUnread" | "startsGroup" | "endsGroup">;

/**
 * What the timeline draws, oldest first. A row that is equal to one of `previous` is that same object, so that only what
 * changed is drawn again.
 */
export function timelineRows(input: TimelineInput, previous: readonly TimelineRow[] = []): TimelineRow[] {
  const entries = [
    ...input.messages.map((message) => messageEntry(message, input.me)),
    ...input.pending.map((pending) => pendingEntry(pending, input.me)),
  ];
  const unreadKey = firstUnreadKey(input);
  const known = new Map(previous.map((row) => [row.key, row]));
  return entries.map((entry, index) => {
    const before = entries[index - 1];
    const after = entries[index + 1];
    const startsDay = before
      ? dayOf(before.at, input.timeZone) !== dayOf(entry.at, input.timeZone)
      : input.complete;
    const row: TimelineRow = {
      ...entry.row,
      startsDay,
      startsUnread: entry.row.key === unreadKey,
      startsGroup: startsDay || before === undefined || !stands(before, entry),
      endsGroup:
        after === undefined ||
        !stands(entry, after) ||
        after.row.key === unreadKey ||
        dayOf(after.at, input.timeZone) !== dayOf(entry.at, input.timeZone),
    };
    if (row.startsUnread) row.startsGroup = true;
    const same = known.get(row.key);
    return same !== undefined && isSame(same, row) ? same : row;
  });
}

function messageEntry(message: Message, me: UserId): Entry {
  const at = new Date(message.createdAt);
  const own = message.sender.id === me;
  return {
    sender: message.sender.id,
    at,
    row: { kind: "message", key: message.clientId ?? message.id, own, at, message },
  };
}

function pendingEntry(pending: PendingMessage, me: UserId): Entry {
  const at = new Date(pending.createdAt);
  return { sender: me, at, row: { kind: "pending", key: pending.clientId, own: true, at, pending } };
}

function stands(before: Entry, after: Entry): boolean {
  return before.sender === after.sender && after.at.getTime() - before.at.getTime() < GROUP_MS;
}

function firstUnreadKey({ messages, me, unreadAfter }: TimelineInput): string | undefined {
  if (unreadAfter === undefined) return undefined;
  // The line is only drawn where the window reaches back to what was read.
  if ((messages[0]?.seq ?? 0) > unreadAfter + 1) return undefined;
  const first = messages.find((message) => message.seq > unreadAfter && message.sender.id !== me);
  return first && (first.clientId ?? first.id);
}

function isSame(one: TimelineRow, other: TimelineRow): boolean {
  return (
    one.startsDay === other.startsDay &&
    one.startsUnread === other.startsUnread &&
    one.startsGroup === other.startsGroup &&
    one.endsGroup === other.endsGroup &&
    (one.kind === "message"
      ? other.kind === "message" && one.message === other.message
      : other.kind === "pending" && one.pending === other.pending)
  );
}
