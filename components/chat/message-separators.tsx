"use client";
import { useTranslations } from "use-intl";
import { useNow } from "../format/use-now";
import { useTimes } from "../format/use-times";

/** A new day begins. */
export function DaySeparator({ at }: { at: Date }) {
  const times = useTimes();
  const now = useNow();
  return (
    <div className="flex justify-center pt-5 pb-3">
      <time
        dateTime={at.toISOString()}
        className="rounded-full bg-bubble px-3 py-0.5 text-xs font-medium text-muted"
      >
        {times.day(at, now)}
      </time>
    </div>
  );
}

/** Everything below was unread when the conversation was opened. */
export function UnreadLine() {
  const t = useTranslations("chat");
  return (
    <div className="flex items-center gap-3 pt-4 pb-2 text-xs font-semibold text-accent-ink">
      <span className="h-px flex-1 bg-accent-ink/30" />
      {t("newMessages")}
      <span className="h-px flex-1 bg-accent-ink/30" />
    </div>
  );
}
