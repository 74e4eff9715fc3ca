import type { InboxActions } from "@/components/inbox/inbox-types";
import { loadInbox, markAllInboxRead, markInboxRead, replyFromInbox, restoreInbox } from "./actions";

/** The inbox's server actions, for the components that call them. */
export const inboxActions: InboxActions = {
  load: loadInbox,
  markRead: markInboxRead,
  restore: restoreInbox,
  markAllRead: markAllInboxRead,
  reply: replyFromInbox,
};
