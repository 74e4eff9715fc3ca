"use client";
import { useMemo } from "react";
import { useFormatter, useTimeZone, useTranslations } from "use-intl";
import { daysBetween } from "./calendar";

export interface Times {
  /** 14:02 */
  clock(at: Date): string;
  /** As short as a list wants it: 14:02 · Yesterday · Mon · 3 Mar · 3 Mar 2024. */
  short(at: Date, now: Date): string;
  /** Today · Yesterday · Monday, 3 March · 3 March 2024. */
  day(at: Date, now: Date): string;
  /** Date and time in full. */
  full(at: Date): string;
  /** Just now · 5 minutes ago · today at 14:02 · yesterday at 14:02 · 3 Mar. */
  ago(at: Date, now: Date): string;
  /** How long something has lasted: 45 s · 12 min · 3 h 20 min · 2 d 4 h. */
  lasted(sinceMs: number): string;
}

/** Times as the reader's language, zone and calendar say them. */
export function useTimes(): Times {
  const format = useFormatter();
  const timeZone = useTimeZone() ?? "UTC";
  const t = useTranslations("times");
  return useMemo(() => {
    const clock = (at: Date) => format.dateTime(at, { hour: "2-digit", minute: "2-digit" });
    const sameYear = (at: Date, now: Date) => at.getUTCFullYear() === now.getUTCFullYear();
    const date = (at: Date, now: Date, month: "short" | "long") =>
      format.dateTime(at, { day: "numeric", month, ...(!sameYear(at, now) && { year: "numeric" }) });
    return {
      clock,
      short(at, now) {
        const days = daysBetween(at, now, timeZone);
        if (days <= 0) return clock(at);
        if (days === 1) return t("yesterday");
        return days < 7 ? format.dateTime(at, { weekday: "short" }) : date(at, now, "short");
      },
      day(at, now) {
        const days = daysBetween(at, now, timeZone);
        if (days <= 0) return t("today");
        if (days === 1) return t("yesterday");
        if (!sameYear(at, now)) return date(at, now, "long");
        return format.dateTime(at, { weekday: "long", day: "numeric", month: "long" });
      },
      full: (at) => format.dateTime(at, { dateStyle: "full", timeStyle: "short" }),
      ago(at, now) {
        const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
        if (minutes < 1) return t("justNow");
        if (minutes < 60) return t("minutesAgo", { minutes });
        const days = daysBetween(at, now, timeZone);
        if (days <= 0) return t("todayAt", { time: clock(at) });
        if (days === 1) return t("yesterdayAt", { time: clock(at) });
        return date(at, now, "short");
      },
      lasted(sinceMs) {
        const minutes = Math.floor(sinceMs / 60_000);
        const hours = Math.floor(minutes / 60);
        if (minutes < 1) return t("seconds", { seconds: Math.max(0, Math.floor(sinceMs / 1000)) });
        if (hours < 1) return t("minutes", { minutes });
        if (hours < 24) return t("hours", { hours, minutes: minutes % 60 });
        return t("days", { days: Math.floor(hours / 24), hours: hours % 24 });
      },
    };
  }, [format, timeZone, t]);
}
