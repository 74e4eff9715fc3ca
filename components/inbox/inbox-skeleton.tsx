"use client";
import { useTranslations } from "use-intl";
import { Loading } from "../ui/loading";
import { Skeleton } from "../ui/skeleton";

export function InboxSkeleton() {
  const t = useTranslations("inbox");
  return (
    <Loading label={t("loading")} className="flex flex-col gap-3 pt-12">
      {["first", "second", "third"].map((key) => (
        <div key={key} className="flex flex-col gap-3 rounded-card bg-surface p-4 inset-ring inset-ring-line">
          <div className="flex items-center gap-3">
            <Skeleton className="size-9 rounded-full!" />
            <Skeleton className="h-3.5 w-28" />
          </div>
          <Skeleton className="h-3.5 w-4/5" />
          <Skeleton className="h-3.5 w-3/5" />
        </div>
      ))}
    </Loading>
  );
}
