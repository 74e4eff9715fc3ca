import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { EventLoopLag } from "./event-loop-lag";
import { type BusCounts, busReadings, type GatewayCounts, gatewayReadings, type Reading } from "./readings";
import { StoredHistogram } from "./stored-histogram";
import type { Traffic } from "./traffic";

/** Where the figures stand; everything is read when somebody asks, nothing is copied before. */
export interface MetricSources {
  readonly build: { readonly version: string; readonly node: string; readonly routing: string };
  readonly traffic: Traffic;
  readonly lag: Pick<EventLoopLag, "read">;
  readonly gateway: GatewayCounts;
  readonly sockets: () => number;
  readonly users: () => number;
  readonly isDraining: () => boolean;
  /** Undefined where there is no bus. */
  readonly bus: (() => BusCounts) | undefined;
  readonly pool: { readonly totalCount: number; readonly idleCount: number; readonly waitingCount: number };
}

export interface Metrics {
  readonly contentType: string;
  /** In the text format of Prometheus. */
  read(): Promise<string>;
}

/** The figures of this node for Prometheus. Call once a process: prom-client watches garbage collection and memory. */
export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  describeBuild(registry, sources.build);
  describeTraffic(registry, sources.traffic);
  describeState(registry, sources);
  const counts = gatewayReadings(sources.gateway);
  if (sources.bus !== undefined) counts.push(...busReadings(sources.bus));
  counts.push([
    "homing_reconciler_repairs_total",
    "Conversations of which people here were told what the bus had not brought.",
    () => sources.traffic.repairs(),
  ]);
  for (const reading of counts) addCounter(registry, reading);
  return { contentType: registry.contentType, read: () => registry.metrics() };
}

function addCounter(registry: Registry, [name, help, read]: Reading): void {
  new Counter({
    ...{ name, help, registers: [registry] },
    collect() {
      this.reset();
      this.inc(read());
    },
  });
}

function addGauge(registry: Registry, [name, help, read]: Reading): void {
  new Gauge({
    ...{ name, help, registers: [registry] },
    collect() {
      this.set(read());
    },
  });
}

/** One gauge with several values, told apart by a label. */
function addGauges(
  registry: Registry,
  { name, help, label }: { name: string; help: string; label: string },
  read: () => Iterable<readonly [string, number]>,
): void {
  new Gauge({
    ...{ name, help, labelNames: [label], registers: [registry] },
    collect() {
      for (const [key, value] of read()) this.set({ [label]: key }, value);
    },
  });
}

function describeBuild(registry: Registry, build: MetricSources["build"]): void {
  const labels = { ...build, node_version: process.version };
  new Gauge({
    name: "homing_build_info",
    help: "Always 1; what runs stands in the labels.",
    labelNames: Object.keys(labels),
    registers: [registry],
  }).set(labels, 1);
}

function describeTraffic(registry: Registry, traffic: Traffic): void {
  new Counter({
    name: "homing_events_total",
    help: "Events of clients, by what came of them: ok or an error code.",
    labelNames: ["event", "outcome"],
    registers: [registry],
    collect() {
      this.reset();
      for (const [event, { outcomes }] of traffic.events) {
        for (const [outcome, count] of outcomes) this.inc({ event, outcome }, count);
      }
    },
  });
  new StoredHistogram({
    ...{ registry, label: "event", name: "homing_event_duration_seconds" },
    help: "From an event of a client to its acknowledgement.",
    read: () => [...traffic.events].map(([event, { duration }]) => [event, duration]),
  });
  new StoredHistogram({
    ...{ registry, label: "batch", name: "homing_store_batch_size" },
    help: "What the database did at once.",
    read: () => [...traffic.batches].map(([batch, { size }]) => [batch, size]),
  });
  new StoredHistogram({
    ...{ registry, label: "batch", name: "homing_store_batch_duration_seconds" },
    help: "How long the database took for it, commit included.",
    read: () => [...traffic.batches].map(([batch, { duration }]) => [batch, duration]),
  });
  new StoredHistogram({
    ...{ registry, label: "event", name: "homing_fan_out_duration_seconds" },
    help: "Until an event is handed to the sockets here and to the bus.",
    read: () => traffic.fanOuts,
  });
}

function describeState(registry: Registry, sources: MetricSources): void {
  const { pool, lag, traffic } = sources;
  addGauge(registry, ["homing_sockets", "Open connections here.", sources.sockets]);
  addGauge(registry, ["homing_users", "Users with a connection here.", sources.users]);
  addGauge(registry, [
    "homing_draining",
    "1 while this node lets nobody in.",
    () => Number(sources.isDraining()),
  ]);
  addGauges(
    registry,
    {
      name: "homing_event_loop_lag_seconds",
      help: "How late the event loop was in the last 10 to 20 seconds.",
      label: "quantile",
    },
    () => {
      const { p50, p99, max } = lag.read();
      return [
        ["0.5", p50 / 1_000],
        ["0.99", p99 / 1_000],
        ["1", max / 1_000],
      ];
    },
  );
  addGauges(registry, { name: "homing_queue_depth", help: "What waits, by queue.", label: "queue" }, () =>
    [...traffic.queues].map(([queue, read]) => [queue, read()]),
  );
  addGauges(
    registry,
    {
      name: "homing_database_pool",
      help: "Connections to PostgreSQL, and who waits for one.",
      label: "state",
    },
    () => [
      ["total", pool.totalCount],
      ["idle", pool.idleCount],
      ["waiting", pool.waitingCount],
    ],
  );
}
