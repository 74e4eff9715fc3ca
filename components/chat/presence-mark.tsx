"use client";
import { useTranslations } from "use-intl";
import { classNames } from "../ui/class-names";

/** On somebody's avatar: a filled dot for online, a ring for away; the word for who does not see it. */
export function PresenceMark({ state }: { state: "online" | "away" }) {
  const t = useTranslations("presence");
  return (
    <span className="absolute end-0 bottom-0 grid size-3 place-items-center rounded-full bg-surface">
      <span
        className={classNames(
          "size-2 rounded-full",
          state === "online" ? "bg-online" : "inset-ring-2 inset-ring-away",
        )}
      />
      <span className="sr-only">{t(state)}</span>
    </span>
  );
}
