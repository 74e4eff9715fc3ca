"use client";
import { useTranslations } from "use-intl";
import type { UserId } from "@/lib/contract/ids";
import { useEngine } from "../engine/engine-context";
import { useStore } from "../engine/use-store";
import { classNames } from "../ui/class-names";

/** A person's presence on their avatar: a filled dot for online, a ring for away, nothing for offline. */
export function PresenceDot({ userId, className }: { userId: UserId; className?: string }) {
  const t = useTranslations("presence");
  const presence = useStore(useEngine().presence(userId));
  if (presence?.state !== "online" && presence?.state !== "away") return null;
  return (
    <span
      className={classNames(
        "absolute end-0 bottom-0 grid size-3 place-items-center rounded-full bg-surface",
        className,
      )}
    >
      <span
        className={classNames(
          "size-2 rounded-full",
          presence.state === "online" ? "bg-online" : "inset-ring-2 inset-ring-away",
        )}
      />
      <span className="sr-only">{t(presence.state)}</span>
    </span>
  );
}
