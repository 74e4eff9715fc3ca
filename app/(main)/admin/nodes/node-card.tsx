"use client";
import { useTranslations } from "use-intl";
import { useNow } from "@/components/format/use-now";
import { useTimes } from "@/components/format/use-times";
import { Badge } from "@/components/ui/badge";
import { NodeDrain, type NodeDrainProps } from "./node-drain";
import { NodeFigures } from "./node-figures";
import { isLive, type NodeState, type WatchedNode } from "./node-watch";

const BADGES = {
  serving: { tone: "success", label: "stateServing" },
  draining: { tone: "warning", label: "stateDraining" },
  drained: { tone: "neutral", label: "stateDrained" },
  silent: { tone: "warning", label: "stateSilent" },
  stopped: { tone: "neutral", label: "stateStopped" },
  vanished: { tone: "danger", label: "stateVanished" },
} as const satisfies Record<NodeState, unknown>;

/** One node: how it stands, what it carries, and what can be done with it. */
export function NodeCard({ node, isLast, onWish }: NodeDrainProps) {
  const t = useTranslations("nodes");
  const { facts, state } = node;
  const badge = BADGES[state];
  return (
    <article
      aria-label={facts.name}
      className="flex flex-col gap-4 rounded-card bg-surface p-4 inset-ring inset-ring-line"
    >
      <header className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1">
          <div className="flex min-w-0 items-center gap-2">
            <h2 className="min-w-0 truncate font-semibold">
              <bdi>{facts.name}</bdi>
            </h2>
            <Badge tone={badge.tone}>{t(badge.label)}</Badge>
          </div>
          <Standing node={node} />
        </div>
        {isLive(node) && facts.routing !== "local" && (
          <NodeDrain node={node} isLast={isLast} onWish={onWish} />
        )}
      </header>
      {isLive(node) && <NodeFigures facts={facts} />}
    </article>
  );
}

/** Version and how long it has run; of one that is not heard of, when it last was. */
function Standing({ node: { facts, state, heardAt } }: { node: WatchedNode }) {
  const t = useTranslations("nodes");
  const times = useTimes();
  const now = useNow(1_000).getTime();
  const silence = times.lasted(Math.max(0, now - heardAt));
  const isHeard = state !== "silent" && state !== "stopped" && state !== "vanished";
  const version = t("version", { version: facts.version });
  return (
    <p className="truncate text-sm text-muted tabular">
      {isHeard
        ? t("standing", { version, uptime: times.lasted(facts.uptimeMs) })
        : t("lastHeard", { version, silence })}
    </p>
  );
}
