"use client";
import { Search, UserRoundX } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { useEngine } from "../engine/engine-context";
import { useStore } from "../engine/use-store";
import { EmptyState } from "../ui/empty-state";
import { OnlineSkeleton } from "./online-skeleton";
import { OnlineTable } from "./online-table";

/** Who is connected, live: since when, on how many devices, where. */
export function OnlineScreen() {
  const t = useTranslations("online");
  const online = useStore(useEngine().online);
  const [query, setQuery] = useState("");
  const found = useMemo(() => {
    const wanted = query.trim().toLowerCase();
    return (online ?? []).filter(({ name, username }) =>
      `${name} ${username}`.toLowerCase().includes(wanted),
    );
  }, [online, query]);
  if (online === undefined) return <OnlineSkeleton />;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <p role="status" className="flex-1 text-sm text-muted tabular">
          {t("count", { count: online.length })}
        </p>
        <label className="relative w-full sm:w-64">
          <span className="sr-only">{t("search")}</span>
          <Search aria-hidden="true" className="absolute start-3 top-2.5 size-4 text-faint" />
          <input
            type="search"
            value={query}
            placeholder={t("search")}
            onChange={(event) => setQuery(event.target.value)}
            className="h-9 w-full rounded-control bg-field ps-9 pe-3 text-base inset-ring inset-ring-line-control focus:inset-ring-2 focus:inset-ring-focus focus:outline-none sm:text-sm"
          />
        </label>
      </div>
      {found.length === 0 ? (
        <EmptyState
          icon={<UserRoundX aria-hidden="true" />}
          title={query === "" ? t("empty") : t("noneFound")}
        />
      ) : (
        <OnlineTable users={found} />
      )}
    </div>
  );
}
