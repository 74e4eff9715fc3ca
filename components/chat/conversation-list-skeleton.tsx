"use client";
import { useTranslations } from "use-intl";
import { Loading } from "../ui/loading";
import { Skeleton } from "../ui/skeleton";

const WIDTHS = ["w-24", "w-32", "w-20", "w-28", "w-36", "w-16", "w-30"];

export function ConversationListSkeleton() {
  const t = useTranslations("chat");
  return (
    <Loading label={t("loadingConversations")} className="flex-1 overflow-hidden">
      {WIDTHS.map((width) => (
        <div key={width} className="mx-2 flex h-16 items-center gap-3 px-2.5">
          <Skeleton className="size-10 rounded-full!" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className={`h-3 ${width}`} />
            <Skeleton className="h-3 w-40" />
          </div>
        </div>
      ))}
    </Loading>
  );
}
