"use client";
import { ServerOff } from "lucide-react";
import { useTranslations } from "use-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { NodeCard } from "./node-card";
import { isLive, isOpen, type WatchedNode } from "./node-watch";
import { NodesSkeleton } from "./nodes-skeleton";
import { useNodes } from "./use-nodes";

/** Every node, live: what it carries, what the bus costs it, and the way to empty it. */
export function NodesScreen() {
  const t = useTranslations("nodes");
  const errors = useTranslations("errors");
  const { nodes, problem, expect } = useNodes();
  if (nodes === undefined) {
    if (problem === undefined) return <NodesSkeleton />;
    return (
      <EmptyState
        icon={<ServerOff aria-hidden="true" />}
        title={t("unavailableTitle")}
        description={problem === "unavailable" ? t("unavailableText") : errors(problem)}
      />
    );
  }
  const isOnlyOpen = nodes.filter(isOpen).length <= 1;
  return (
    <div className="flex flex-col gap-4">
      {problem !== undefined && <Notice tone="danger">{t("stale")}</Notice>}
      <Summary nodes={nodes} />
      <ul className="flex flex-col gap-4">
        {nodes.map((node) => (
          <li key={node.facts.instance}>
            <NodeCard node={node} isLast={isOnlyOpen && isOpen(node)} onWish={expect} />
          </li>
        ))}
      </ul>
    </div>
  );
}

const ROUTINGS = {
  directed: "routingDirected",
  broadcast: "routingBroadcast",
} as const;

/** How many there are and how they reach each other. */
function Summary({ nodes }: { nodes: readonly WatchedNode[] }) {
  const t = useTranslations("nodes");
  const live = nodes.filter(isLive);
  const routing = live[0]?.facts.routing ?? "local";
  const sockets = live.reduce((sum, { facts }) => sum + facts.sockets, 0);
  return (
    <div className="flex flex-col gap-2">
      <p role="status" className="text-sm text-muted tabular">
        {t("summary", { count: live.length, sockets })}
      </p>
      {routing === "local" ? (
        <Notice>{t("routingLocal")}</Notice>
      ) : (
        <p className="text-sm text-pretty text-muted">{t(ROUTINGS[routing])}</p>
      )}
    </div>
  );
}
