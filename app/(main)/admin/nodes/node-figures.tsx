"use client";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { classNames } from "@/components/ui/class-names";
import type { NodeFacts } from "@/lib/usecases/ports/nodes";
import { wasteOf } from "./node-watch";

const BYTE_UNITS = ["kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
/** Above it people notice. */
const LATE_MS = 200;

/** What a node carries, and what the bus cost it since it started. */
export function NodeFigures({ facts }: { facts: NodeFacts }) {
  const t = useTranslations("nodes");
  const format = useFormatter();
  const { loopLagMs } = facts;
  const lag = { style: "unit", unit: "millisecond", maximumFractionDigits: 1 } as const;
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-4">
      <Figure label={t("users")}>{format.number(facts.users)}</Figure>
      <Figure label={t("sockets")}>{format.number(facts.sockets)}</Figure>
      <Figure label={t("lag")} isBad={loopLagMs >= LATE_MS}>
        {format.number(loopLagMs, lag)}
      </Figure>
      {facts.routing !== "local" && <BusFigures facts={facts} />}
    </dl>
  );
}

function BusFigures({ facts }: { facts: NodeFacts }) {
  const t = useTranslations("nodes");
  const format = useFormatter();
  const kilobytes = facts.bytesRead / 1_000;
  const power = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(Math.max(1, kilobytes)) / 3));
  const size = { style: "unit", unit: BYTE_UNITS[power] ?? "kilobyte", maximumFractionDigits: 1 } as const;
  return (
    <>
      <Figure label={t("failures")} isBad={facts.publishFailures > 0}>
        {format.number(facts.publishFailures)}
      </Figure>
      <Figure label={t("read")}>{format.number(facts.messagesRead)}</Figure>
      <Figure label={t("wanted")}>{format.number(facts.messagesWanted)}</Figure>
      <Figure label={t("waste")}>
        <Waste share={wasteOf(facts)} />
      </Figure>
      <Figure label={t("bytes")}>{format.number(kilobytes / 1_000 ** power, size)}</Figure>
    </>
  );
}

function Figure({ label, isBad = false, children }: { label: string; isBad?: boolean; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className={classNames("mt-0.5 truncate font-medium tabular", isBad && "text-danger-ink")}>
        {children}
      </dd>
    </div>
  );
}

function Waste({ share }: { share: number | undefined }) {
  const t = useTranslations("nodes");
  const format = useFormatter();
  if (share === undefined) return <span className="text-muted">{t("nothingRead")}</span>;
  return (
    <span className="flex items-center gap-2">
      {format.number(share, { style: "percent", maximumFractionDigits: 1 })}
      <span aria-hidden="true" className="h-1 w-16 overflow-hidden rounded-full bg-active">
        <span className="block h-full bg-accent" style={{ width: `${share * 100}%` }} />
      </span>
    </span>
  );
}
