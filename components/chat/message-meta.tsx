"use client";
import { Check, CheckCheck, CircleAlert, Clock } from "lucide-react";
import { memo } from "react";
import { useTranslations } from "use-intl";
import { useTimes } from "../format/use-times";
import { classNames } from "../ui/class-names";
import type { Delivery } from "./delivery";

export type MessageState = Delivery | "pending" | "failed";

const ICONS = { pending: Clock, failed: CircleAlert, sent: Check, delivered: CheckCheck, read: CheckCheck };
const WORDS = {
  pending: "statePending",
  failed: "stateFailed",
  sent: "stateSent",
  delivered: "stateDelivered",
  read: "stateRead",
} as const;
const TONES: Partial<Record<MessageState, string>> = { read: "text-accent-ink", failed: "text-danger-ink" };

export interface MessageMetaProps {
  at: Date;
  edited: boolean;
  /** How far an own message has come; undefined for messages of others. */
  state: MessageState | undefined;
  className?: string;
}

/** Time, whether it was edited and the tick, quietly at the end of a message's last line. */
export const MessageMeta = memo(function MessageMeta({ at, edited, state, className }: MessageMetaProps) {
  const t = useTranslations("chat");
  const times = useTimes();
  const Icon = state && ICONS[state];
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1 text-2xs leading-4 whitespace-nowrap text-faint tabular select-none",
        className,
      )}
    >
      {edited && <span>{t("edited")}</span>}
      <time dateTime={at.toISOString()} title={times.full(at)}>
        {times.clock(at)}
      </time>
      {Icon && state && (
        <span className={TONES[state]}>
          <Icon
            aria-hidden="true"
            className={state === "pending" ? "size-3" : "size-3.5"}
            strokeWidth={2.25}
          />
          <span className="sr-only">{t(WORDS[state])}</span>
        </span>
      )}
    </span>
  );
});
