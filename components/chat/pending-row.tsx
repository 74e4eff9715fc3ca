"use client";
import { memo } from "react";
import { useTranslations } from "use-intl";
import type { PendingMessage } from "@/lib/client/engine";
import { useEngine } from "../engine/engine-context";
import { classNames } from "../ui/class-names";
import { isEmojiOnly } from "./is-emoji-only";
import { MessageMeta } from "./message-meta";
import { MessageText } from "./message-text";
import type { PendingRow as Row } from "./timeline-rows";

/** A message that the server does not have yet, in its place; one that was refused says why, and waits for a decision. */
export const PendingRow = memo(function PendingRow({ row }: { row: Row }) {
  const t = useTranslations("chat");
  const { pending } = row;
  const failed = pending.state === "failed";
  const large = isEmojiOnly(pending.body);
  return (
    <article
      tabIndex={-1}
      aria-label={t("messageOf", { name: t("you") })}
      className={classNames("flex flex-col items-end rounded-card", row.startsGroup ? "pt-3" : "pt-1")}
    >
      <div
        className={classNames(
          "max-w-[min(86%,33rem)]",
          large ? "flex flex-col items-end gap-0.5 py-1" : "rounded-card px-3 py-1.5",
          !large && (failed ? "bg-danger-soft" : "bg-accent-soft"),
        )}
      >
        <p dir="auto" className={large ? "text-3xl" : "flow-root whitespace-pre-wrap wrap-anywhere"}>
          <MessageText body={pending.body} />
          <span className="float-end ms-3 mt-1.5 flex">
            <MessageMeta at={row.at} edited={false} state={pending.state} />
          </span>
        </p>
      </div>
      {failed && <FailedNote pending={pending} />}
    </article>
  );
});

function FailedNote({ pending }: { pending: PendingMessage }) {
  const t = useTranslations("chat");
  const errors = useTranslations("errors");
  const common = useTranslations("common");
  const engine = useEngine();
  const link = "rounded-control font-semibold underline-offset-2 hover:underline";
  return (
    <p className="mt-1 flex flex-wrap items-center justify-end gap-x-3 text-xs text-danger-ink">
      <span>
        {t("notSent")} {pending.error && errors(pending.error.code)}
      </span>
      <button type="button" className={link} onClick={() => engine.retry(pending.clientId)}>
        {common("retry")}
      </button>
      <button type="button" className={link} onClick={() => engine.discard(pending.clientId)}>
        {t("discard")}
      </button>
    </p>
  );
}
