import { randomUUID } from "node:crypto";
import type { Cluster } from "@/lib/cluster/cluster";
import type { EventLoopLag } from "@/lib/ops/metrics/event-loop-lag";
import type { Gateway } from "@/lib/realtime/gateway";
import type { NodeFacts } from "@/lib/usecases/ports/nodes";
import { VERSION } from "./version";

interface Sources {
  readonly cluster: Pick<Cluster, "routing" | "stats">;
  readonly gateway: Pick<Gateway, "sockets" | "users">;
  readonly lag: Pick<EventLoopLag, "read">;
  readonly isDraining: () => boolean;
}

/** What this node says of itself to the others and to operators. */
export class NodeStanding {
  /** This life of this process. */
  readonly instance = randomUUID();
  readonly #startedAt = performance.now();
  #reports = 0;
  #sources: Sources | undefined;

  /** From now on there is more to tell than who it is. */
  begin(sources: Sources): void {
    this.#sources = sources;
  }

  /** As it is now. Each call counts as a report. */
  report(): Omit<NodeFacts, "name"> {
    this.#reports += 1;
    const { cluster, gateway, lag, isDraining } = this.#sources ?? {};
    const stats = cluster?.stats();
    return {
      instance: this.instance,
      version: VERSION,
      uptimeMs: Math.round(performance.now() - this.#startedAt),
      report: this.#reports,
      routing: cluster?.routing ?? "local",
      isDraining: isDraining?.() ?? false,
      users: gateway?.users() ?? 0,
      sockets: gateway?.sockets() ?? 0,
      messagesRead: stats?.messagesRead ?? 0,
      messagesWanted: stats?.messagesWanted ?? 0,
      bytesRead: stats?.bytesRead ?? 0,
      publishFailures: stats?.publishFailures ?? 0,
      loopLagMs: Math.round((lag?.read().p99 ?? 0) * 10) / 10,
    };
  }
}
