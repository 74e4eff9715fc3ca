"use client";
import { CheckCheck, CircleCheckBig } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "../ui/button";
import { classNames } from "../ui/class-names";
import { EmptyState } from "../ui/empty-state";
import { InboxCard } from "./inbox-card";
import { InboxDoneLine } from "./inbox-done-line";
import { InboxSkeleton } from "./inbox-skeleton";
import type { InboxActions, InboxPage } from "./inbox-types";
import { useInbox } from "./use-inbox";

export interface InboxViewProps {
  actions: InboxActions;
  /** What the server drew with; without it the inbox is loaded when it is first shown. */
  first?: InboxPage;
  /** Shows a conversation. */
  onOpen: (id: string) => void;
}

/** Everything unread, by conversation: to read, to answer, and to put aside. The same as a page and beside the chat. */
export function InboxView({ actions, first, onOpen }: InboxViewProps) {
  const t = useTranslations("inbox");
  const errors = useTranslations("errors");
  const common = useTranslations("common");
  const inbox = useInbox(actions, first);
  const { state } = inbox;
  if (state === undefined && inbox.error)
    return (
      <EmptyState
        title={errors(inbox.error.code)}
        action={<Button onClick={inbox.reload}>{common("retry")}</Button>}
      />
    );
  if (state === undefined) return <InboxSkeleton />;
  const caughtUp = state.items.every((item) => item.readBefore !== undefined) && !state.hasMore;
  return (
    <div className="flex flex-col gap-3">
      <div className={classNames("flex min-h-9 items-center gap-3", caughtUp && "hidden")}>
        <p role="status" className="flex-1 text-sm text-muted tabular">
          {t("total", state.total)}
        </p>
        <Button variant="ghost" size="sm" className="text-muted" onClick={inbox.markAllRead}>
          <CheckCheck aria-hidden="true" className="size-4" />
          {t("markAllRead")}
        </Button>
      </div>
      {caughtUp && (
        <EmptyState
          icon={<CircleCheckBig aria-hidden="true" />}
          title={t("empty")}
          description={t("emptyText")}
        />
      )}
      <ul className="flex flex-col gap-3">
        {state.items.map((item) => (
          <li key={item.head.id} className="[contain-intrinsic-size:auto_12rem] [content-visibility:auto]">
            {item.readBefore === undefined ? (
              <InboxCard item={item} inbox={inbox} onOpen={onOpen} />
            ) : (
              <InboxDoneLine item={item} onMarkUnread={inbox.markUnread} onOpen={onOpen} />
            )}
          </li>
        ))}
      </ul>
      {state.hasMore && (
        <Button className="self-center" pending={inbox.loadingMore} onClick={inbox.loadMore}>
          {t("showMore")}
        </Button>
      )}
    </div>
  );
}
