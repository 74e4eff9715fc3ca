"use client";
import { type ComponentType, useCallback, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { showConversation } from "../chat/chat-navigation";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import type { InboxActions } from "./inbox-types";
import type { InboxViewProps } from "./inbox-view";

/** The inbox as a panel of the chat: what one opens there appears beside it. Its code comes when it is first shown. */
export function InboxBesideChat({ actions }: { actions: InboxActions }) {
  const errors = useTranslations("errors");
  const common = useTranslations("common");
  const [loaded, setLoaded] = useState<{ View: ComponentType<InboxViewProps> } | "failed">();
  const load = useCallback(() => {
    import("./inbox-view").then(
      ({ InboxView }) => setLoaded({ View: InboxView }),
      () => setLoaded("failed"),
    );
  }, []);
  useEffect(load, [load]);
  if (loaded === undefined) return null;
  if (loaded === "failed")
    return (
      <EmptyState title={errors("unavailable")} action={<Button onClick={load}>{common("retry")}</Button>} />
    );
  return (
    <div className="p-3">
      <loaded.View actions={actions} onOpen={showConversation} />
    </div>
  );
}
