import { setTimeout as pause } from "node:timers/promises";
import { Reconciler } from "@/lib/cluster/reconcile/reconciler";
import { watchRemovals } from "@/lib/cluster/reconcile/watch-removals";
import { startLoop } from "@/lib/ops/loop";
import { createGateway, type Gateway, type GatewayOptions } from "@/lib/realtime/gateway";
import type { StoreConnections } from "@/lib/store/database";
import { createRecentChanges } from "@/lib/store/recent-changes";
import type { RecentChanges } from "@/lib/usecases/ports/recent-changes";
import type { Services } from "./compose-services";
import type { JoinedCluster } from "./join-cluster";
import type { RunningProcess } from "./running-process";

const CLOSE_SOCKETS_MS = 3_000;
/** Load balancers ask every second or two whether a node is ready: clients that move earlier may come back to this one. */
export const DRAIN_NOTICE_MS = 2_000;
const SHORTEST_DRAIN_MS = 1_000;
const DRAIN_MS_A_CLIENT = 2;
const FORGET_EVERY_MS = 60_000;
const PRESENCE_REFRESH_MS = 10_000;

/** What the HTTP side decides about connections. */
export type DoorOptions = Pick<
  GatewayOptions,
  "httpServer" | "authenticate" | "originIsOurs" | "hostIsAllowed" | "addressOf"
>;

/** Serves sockets on this node from now on, keeps them in step with the other nodes, and lets them go at the shutdown. */
export function startRealtime(
  running: RunningProcess,
  connections: StoreConnections,
  joined: JoinedCluster,
  services: Services,
  door: DoorOptions,
): Gateway {
  const { config, log, lifecycle } = running;
  const isAlone = joined.cluster.routing === "local";
  const gateway = createGateway({
    ...services,
    ...door,
    presence: services.registry,
    ended: (ids) => services.people.ended(ids),
    prolongSessions: (ids) => services.people.prolongSessions(ids, config.sessions),
    limits: config.limits,
    log,
    ...(isAlone ? {} : { presenceRefreshMs: PRESENCE_REFRESH_MS }),
  });
  lifecycle.onShutdown("sockets", "sockets", () => gateway.close(CLOSE_SOCKETS_MS));
  const recent = createRecentChanges(connections.pool);
  startForgetting(running, recent);
  if (!isAlone) keepInStep(running, recent, joined, services, gateway);
  return gateway;
}

/** Also where nobody asks what changed lately: other nodes may join. */
function startForgetting({ log, lifecycle }: RunningProcess, recent: RecentChanges): void {
  const onError = (error: unknown) => log.warn({ err: error }, "could not forget what happened long ago");
  const loop = { every: FORGET_EVERY_MS, signal: lifecycle.signal, onError };
  const forgetting = startLoop(loop, () => recent.forgetOld());
  lifecycle.onShutdown("work", "forgetting what was recent", () => forgetting);
}

/** The milliseconds over which so many clients move away: as few as the other nodes can bear. */
function drainWindow(clients: number, mostMs: number): number {
  return Math.min(mostMs, Math.max(SHORTEST_DRAIN_MS, clients * DRAIN_MS_A_CLIENT));
}

/** Where there are others: what they say can get lost, and clients can move to them. */
function keepInStep(
  { config, log, lifecycle }: RunningProcess,
  recent: RecentChanges,
  { cluster, told }: JoinedCluster,
  { store, fanOut, traffic }: Services,
  gateway: Gateway,
): void {
  const now = () => performance.now();
  cluster.onGap((reason) => gateway.resync(reason));
  const reconciler = new Reconciler({
    ...{ recent, store, log, told },
    isHere: (user) => gateway.isHere(user),
    tell: fanOut,
    onBlind: () => gateway.resync("database_away"),
    now,
  });
  traffic.repairs = () => reconciler.repairs;
  lifecycle.onShutdown("sockets", "reconciler", () => reconciler.stop());
  const watching = watchRemovals({
    ...{ recent, log, now },
    removed: told.removed,
    signal: lifecycle.signal,
  });
  lifecycle.onShutdown("sockets", "watch over removals", () => watching);
  lifecycle.onShutdown("drain", "clients", async () => {
    const noticeMs = Math.min(DRAIN_NOTICE_MS, config.drainMs / 4);
    await pause(noticeMs);
    await gateway.drain(drainWindow(gateway.sockets(), config.drainMs - noticeMs));
  });
}
