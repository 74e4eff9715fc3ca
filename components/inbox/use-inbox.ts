"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { ConversationList } from "@/lib/client/engine";
import type { ErrorBody } from "@/lib/contract/errors";
import type { ClientId, ConversationId } from "@/lib/contract/ids";
import { useEngine } from "../engine/engine-context";
import { useSelected } from "../engine/use-store";
import { useToast } from "../ui/toast";
import { type InboxItem, type InboxState, inboxFrom, marked, refreshed, withMore } from "./inbox-state";
import type { ActionResult, InboxActions, InboxPage } from "./inbox-types";

/** Many changes come at once after a reconnect; the inbox is asked once. */
const SETTLE_MS = 250;

/** Changes whenever something of the inbox may have changed; undefined while the engine does not know yet. */
function unreadSignature({ status, heads }: ConversationList): string | undefined {
  if (status !== "ready") return undefined;
  return heads
    .filter((head) => head.unread > 0)
    .map((head) => `${head.id} ${head.unread} ${head.lastRev}`)
    .join("\n");
}

export interface Inbox {
  /** Undefined until the first page is there. */
  state: InboxState | undefined;
  error: ErrorBody | undefined;
  loadingMore: boolean;
  loadMore(): void;
  reload(): void;
  markRead(item: InboxItem): void;
  markUnread(item: InboxItem): void;
  markAllRead(): void;
  /** Tells whether it was sent; then the conversation counts as read. Repeated with the same id it is sent once. */
  reply(item: InboxItem, body: string, clientId: ClientId): Promise<boolean>;
}

/** The inbox of the signed-in user: shown at once as one changes it, in step with what happens elsewhere. */
export function useInbox(actions: InboxActions, first: InboxPage | undefined): Inbox {
  const engine = useEngine();
  const toast = useToast();
  const t = useTranslations("inbox");
  const errors = useTranslations("errors");
  const [state, setState] = useState<InboxState | undefined>(() => first && inboxFrom(first));
  const [error, setError] = useState<ErrorBody>();
  const [loadingMore, setLoadingMore] = useState(false);

  const fail = useCallback(
    (reason: ErrorBody) => toast({ tone: "danger", text: errors(reason.code) }),
    [toast, errors],
  );
  const marks = useRef({ count: 0, at: new Map<ConversationId, number>() });
  const change = useCallback((ids: readonly ConversationId[], read: boolean) => {
    marks.current.count++;
    for (const id of ids) marks.current.at.set(id, marks.current.count);
    setState((before) => before && marked(before, new Set(ids), read));
  }, []);

  const reload = useCallback(async () => {
    const began = marks.current.count;
    const answer = await settled(actions.load());
    if (!answer.ok) return setError(answer.error);
    setError(undefined);
    const isUnread = (id: ConversationId) => (engine.conversations.get().byId.get(id)?.unread ?? 0) > 0;
    const { page } = answer;
    const later = [...marks.current.at].filter(([, at]) => at > began).map(([id]) => id);
    const refresh = { page, isUnread, markedSince: new Set(later) };
    setState((before) => (before ? refreshed(before, refresh) : inboxFrom(page)));
  }, [actions, engine]);

  useReloadOnChange(reload, first !== undefined);

  const loadMore = useCallback(async () => {
    const last = state?.items.findLast((item) => item.readBefore === undefined)?.head;
    if (!state?.hasMore || loadingMore || last?.lastMessage === undefined) return;
    setLoadingMore(true);
    const answer = await settled(actions.load({ lastMessageAt: last.lastMessage.createdAt, id: last.id }));
    setLoadingMore(false);
    if (answer.ok) setState((before) => before && withMore(before, answer.page));
    else fail(answer.error);
  }, [actions, state, loadingMore, fail]);

  const restore = async (items: readonly { id: ConversationId; readSeq: number }[]) => {
    change(
      items.map(({ id }) => id),
      false,
    );
    const answer = await settled(
      actions.restore(items.map(({ id, readSeq }) => ({ conversationId: id, seq: readSeq }))),
    );
    if (!answer.ok) fail(answer.error);
    await reload();
  };

  const markRead = async ({ head }: InboxItem) => {
    change([head.id], true);
    const answer = await settled(actions.markRead({ conversationId: head.id, seq: head.lastSeq }));
    if (answer.ok) return;
    change([head.id], false);
    fail(answer.error);
  };

  const markAllRead = async () => {
    const open = (state?.items ?? []).filter((item) => item.readBefore === undefined);
    const ids = open.map(({ head }) => head.id);
    // Also those of later pages, which the engine knows.
    const before = engine.conversations
      .get()
      .heads.filter((head) => head.unread > 0)
      .slice(0, 500)
      .map(({ id, readSeq }) => ({ id, readSeq }));
    change(ids, true);
    const answer = await settled(actions.markAllRead());
    if (answer.ok) {
      const action = { label: t("undo"), run: () => void restore(before) };
      return toast({ text: t("allMarkedRead"), ...(before.length > 0 && { action }) });
    }
    change(ids, false);
    fail(answer.error);
  };

  const reply = async ({ head }: InboxItem, body: string, clientId: ClientId) => {
    const sent = await settled(actions.reply({ conversationId: head.id, clientId, body }));
    if (!sent.ok) fail(sent.error);
    return sent.ok;
  };

  return {
    state,
    error,
    loadingMore,
    loadMore: () => void loadMore(),
    reload: () => void reload(),
    markRead: (item) => void markRead(item),
    markUnread: ({ head, readBefore }) =>
      void restore([{ id: head.id, readSeq: readBefore ?? head.readSeq }]),
    markAllRead: () => void markAllRead(),
    reply,
  };
}

/** A server action that could not be asked, or whose page is of an older version, is a server that is away. */
async function settled<T>(call: Promise<ActionResult<T>>): Promise<ActionResult<T>> {
  try {
    return await call;
  } catch (reason) {
    return { ok: false, error: { code: "unavailable", message: String(reason) } };
  }
}

/**
 * Loads once unless there is a first page, and again whenever the engine hears of a change. What the engine knows first
 * counts as one too: something may have been read between the drawing of the first page and that.
 */
function useReloadOnChange(reload: () => Promise<void>, hasFirst: boolean): void {
  const signature = useSelected(useEngine().conversations, unreadSignature);
  const asked = useRef(hasFirst);
  const known = useRef<string>(undefined);
  useEffect(() => {
    if (!asked.current) {
      asked.current = true;
      known.current = signature;
      void reload();
    }
    if (known.current === signature) return;
    const timer = setTimeout(() => {
      known.current = signature;
      void reload();
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [signature, reload]);
}
