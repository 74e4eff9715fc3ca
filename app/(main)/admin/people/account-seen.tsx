"use client";
import { useTranslations } from "use-intl";
import { useEngine } from "@/components/engine/engine-context";
import { useStore } from "@/components/engine/use-store";
import { useNow } from "@/components/format/use-now";
import { useTimes } from "@/components/format/use-times";
import type { Account } from "@/lib/usecases/ports/people-store";

/** Whether somebody is here now, live; until that is known, and for whoever is not, when they were last seen. */
export function AccountSeen({ account }: { account: Account }) {
  const t = useTranslations("people");
  const times = useTimes();
  const now = useNow();
  const presence = useStore(useEngine().presence(account.id));
  if (presence?.state === "online" || presence?.state === "away") return t(presence.state);
  const seenAt = presence?.lastSeenAt === undefined ? account.lastSeenAt : new Date(presence.lastSeenAt);
  if (seenAt === undefined) return t("neverSeen");
  return (
    <time dateTime={seenAt.toISOString()} title={times.full(seenAt)}>
      {t("lastSeen", { when: times.ago(seenAt, now) })}
    </time>
  );
}
