import type { ConversationId } from "@/lib/contract/ids";
import type { InboxEntry, InboxPage } from "./inbox-types";

export interface InboxItem extends InboxEntry {
  /** Marked as read here, just now: where it stood before, so that it can be put back. */
  readBefore?: number;
}

export interface InboxState {
  items: readonly InboxItem[];
  hasMore: boolean;
  total: InboxPage["total"];
}

const latestFirst = (a: InboxItem, b: InboxItem) =>
  (b.head.lastMessage?.createdAt ?? "").localeCompare(a.head.lastMessage?.createdAt ?? "");

export function inboxFrom(page: InboxPage): InboxState {
  return { items: page.entries, hasMore: page.hasMore, total: page.total };
}

/** A later page at the end. */
export function withMore(state: InboxState, page: InboxPage): InboxState {
  const known = new Set(page.entries.map(({ head }) => head.id));
  return {
    items: [...state.items.filter(({ head }) => !known.has(head.id)), ...page.entries],
    hasMore: page.hasMore,
    total: page.total,
  };
}

export interface Refresh {
  page: InboxPage;
  /** Whether a conversation that the page does not name has unread messages all the same: it is on a later page. */
  isUnread: (id: ConversationId) => boolean;
  /** Marked here after the page was asked for: of these the page knows less than the state. */
  markedSince: ReadonlySet<ConversationId>;
}

/**
 * The first page as it is now: what it names is replaced, what was marked as read here stays to be put back, and of the
 * rest whatever is still unread stays, so that somebody far down is not thrown up.
 */
export function refreshed(state: InboxState, { page, isUnread, markedSince }: Refresh): InboxState {
  const ours = new Set(state.items.map(({ head }) => head.id).filter((id) => markedSince.has(id)));
  const entries = page.entries.filter(({ head }) => !ours.has(head.id));
  const fresh = new Set(entries.map(({ head }) => head.id));
  const kept = state.items.filter(
    (item) =>
      !fresh.has(item.head.id) &&
      (item.readBefore !== undefined || ours.has(item.head.id) || isUnread(item.head.id)),
  );
  const wentFurther = kept.some((item) => item.readBefore === undefined);
  return {
    items: [...entries, ...kept].sort(latestFirst),
    hasMore: wentFurther ? state.hasMore : page.hasMore,
    total: page.total,
  };
}

/** Marks items as read, or with `undefined` as unread again; the totals follow. */
export function marked(state: InboxState, ids: ReadonlySet<ConversationId>, read: boolean): InboxState {
  let { conversations, messages } = state.total;
  const items = state.items.map((item): InboxItem => {
    if (!ids.has(item.head.id) || (item.readBefore !== undefined) === read) return item;
    const sign = read ? -1 : 1;
    conversations += sign;
    messages += sign * item.head.unread;
    const { readBefore: _, ...rest } = item;
    return read ? { ...rest, readBefore: item.head.readSeq } : rest;
  });
  return {
    ...state,
    items,
    total: { conversations: Math.max(0, conversations), messages: Math.max(0, messages) },
  };
}
