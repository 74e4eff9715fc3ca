"use client";
import { ArrowDown } from "lucide-react";
import { useTranslations } from "use-intl";
import { CountBadge } from "../ui/count-badge";

/** Leads to the newest message and says how many came since. */
export function JumpToLatest({ unread, onJump }: { unread: number; onJump: () => void }) {
  const t = useTranslations("chat");
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3">
      <div className="mx-auto flex max-w-184 justify-end px-4 md:px-6">
        <button
          type="button"
          aria-label={t("jumpToLatest", { count: unread })}
          onClick={onJump}
          className="pointer-events-auto relative grid size-10 animate-rise place-items-center rounded-full bg-raised text-muted shadow-float hover:text-ink"
        >
          <ArrowDown aria-hidden="true" className="size-4.5" />
          <CountBadge
            count={unread}
            label={t("unreadCount", { count: unread })}
            className="absolute -top-1.5 left-1/2 -translate-x-1/2"
          />
        </button>
      </div>
    </div>
  );
}
