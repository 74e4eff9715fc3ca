"use client";
import { useTranslations } from "use-intl";
import { Loading } from "../ui/loading";
import { Skeleton } from "../ui/skeleton";

export function OnlineSkeleton() {
  const t = useTranslations("online");
  return (
    <Loading label={t("loading")} className="flex flex-col gap-4">
      <Skeleton className="h-9 w-full sm:w-64" />
      <div className="rounded-card bg-surface inset-ring inset-ring-line">
        {["first", "second", "third", "fourth"].map((key) => (
          <div key={key} className="flex h-14 items-center gap-3 border-b border-line px-4 last:border-b-0">
            <Skeleton className="size-9 rounded-full!" />
            <Skeleton className="h-3.5 w-40" />
          </div>
        ))}
      </div>
    </Loading>
  );
}
