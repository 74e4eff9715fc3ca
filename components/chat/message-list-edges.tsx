"use client";
import { useTranslations } from "use-intl";
import type { Head } from "@/lib/contract/shapes";
import { useMe } from "../engine/engine-context";
import { Spinner } from "../ui/spinner";
import { ConversationAvatar } from "./conversation-avatar";
import { conversationName } from "./conversation-name";

/** More is on its way, at either end. Always of one height, so that nothing moves when it comes. */
export function LoadingEdge() {
  const t = useTranslations("chat");
  return (
    <div className="grid h-12 place-items-center text-faint">
      <Spinner />
      <span className="sr-only">{t("loadingMessages")}</span>
    </div>
  );
}

/** Above the first message of all. */
export function ConversationStart({ head }: { head: Head }) {
  const t = useTranslations("chat");
  const me = useMe();
  return (
    <div className="flex flex-col items-center gap-3 px-4 pt-12 pb-4 text-center">
      <ConversationAvatar head={head} size="xl" />
      <p className="max-w-80 text-sm text-balance text-muted">
        {t.rich("conversationStart", {
          name: conversationName(head, me.id),
          strong: (chunks) => <bdi className="block text-lg font-semibold text-ink">{chunks}</bdi>,
        })}
      </p>
    </div>
  );
}
