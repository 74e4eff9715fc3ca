"use client";
import { useTranslations } from "use-intl";
import { Loading } from "@/components/ui/loading";
import { Skeleton } from "@/components/ui/skeleton";

export function NodesSkeleton() {
  const t = useTranslations("nodes");
  return (
    <Loading label={t("loading")} className="flex flex-col gap-4">
      {["first", "second"].map((key) => (
        <div key={key} className="flex flex-col gap-4 rounded-card bg-surface p-4 inset-ring inset-ring-line">
          <Skeleton className="h-5 w-40" />
          <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
            {["users", "sockets", "lag", "failures"].map((figure) => (
              <Skeleton key={figure} className="h-9 w-24" />
            ))}
          </div>
        </div>
      ))}
    </Loading>
  );
}
