"use client";
import { useTranslations } from "use-intl";
import type { UserId } from "@/lib/contract/ids";
import { useEngine } from "../engine/engine-context";
import { useStore } from "../engine/use-store";
import { useNow } from "../format/use-now";
import { useTimes } from "../format/use-times";

/** Online, away, or when somebody was last seen; nothing while it is not known. */
export function PresenceText({ userId }: { userId: UserId }) {
  const t = useTranslations("presence");
  const times = useTimes();
  const now = useNow();
  const presence = useStore(useEngine().presence(userId));
  if (presence === undefined || presence.state === "unknown") return null;
  if (presence.state !== "offline") return t(presence.state);
  if (presence.lastSeenAt === undefined) return t("offline");
  return t("lastSeen", { when: times.ago(new Date(presence.lastSeenAt), now) });
}
