"use client";
import { CloudOff } from "lucide-react";
import { useTranslations } from "use-intl";
import { useEngine } from "../engine/engine-context";
import { useStore } from "../engine/use-store";
import { useNow } from "../format/use-now";

/** A loss that heals at once is not worth a word. */
const SHOWN_AFTER_MS = 2_000;

/** Says that the connection is lost, and that nothing typed is; gone when it is back. */
export function ConnectionBanner() {
  const connection = useStore(useEngine().connection);
  return (
    <div role="status">
      {connection.state === "offline" && <Banner since={connection.offlineSince ?? 0} />}
    </div>
  );
}

function Banner({ since }: { since: number }) {
  const t = useTranslations("connection");
  const persistent = useStore(useEngine().persistent);
  const now = useNow(1_000);
  if (now.getTime() - since < SHOWN_AFTER_MS) return null;
  return (
    <p className="flex min-h-8 items-center justify-center gap-2 bg-warning-soft px-4 py-1.5 text-center text-sm text-warning-ink">
      <CloudOff aria-hidden="true" className="size-4 shrink-0" />
      {persistent ? t("offline") : t("offlineUnkept")}
    </p>
  );
}
