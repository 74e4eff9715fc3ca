import { setTimeout as delay } from "node:timers/promises";
import type { RunningTarget } from "./targets/target";

export interface Throughput {
  /** Messages a second that were acknowledged and delivered. */
  perSecond: number;
  /** CPU time in microseconds a message, by who used it: the servers, PostgreSQL, Redis, and the load itself. */
  servers: number;
  database: number;
  bus: number;
  load: number;
}

export interface Latency {
  /** Milliseconds from the send to the recipient's device. */
  p50: number;
  p99: number;
}

const ARRIVES_WITHIN_MS = 30_000;
const PADDING = "x".repeat(180);

/** Bodies of about 200 bytes, told apart by a number. */
const bodyOf = (id: number) => `${id} ${PADDING}`;

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** A measurement of which messages are missing is none. */
async function untilArrived(arrived: () => number, sent: number): Promise<void> {
  const deadline = performance.now() + ARRIVES_WITHIN_MS;
  while (arrived() < sent) {
    if (performance.now() > deadline) {
      throw new Error(`Of ${sent} messages that were acknowledged only ${arrived()} arrived.`);
    }
    await delay(1);
  }
}

/** As fast as it goes: each sender keeps `inFlight` sends under way for `milliseconds`. */
export async function measureThroughput(
  target: RunningTarget,
  options: { milliseconds: number; inFlight: number },
): Promise<Throughput> {
  let delivered = 0;
  const count = () => {
    delivered += 1;
  };
  for (const pair of target.pairs) pair.onDelivery(count);
  const before = await target.cpuTimes();
  const loadBefore = process.cpuUsage();
  const startedAt = performance.now();
  let sent = 0;
  const worker = async (send: (body: string) => Promise<void>) => {
    while (performance.now() - startedAt < options.milliseconds) {
      sent += 1;
      await send(bodyOf(sent));
    }
  };
  const workers = target.pairs.flatMap((pair) =>
    Array.from({ length: options.inFlight }, () => worker(pair.send)),
  );
  await Promise.all(workers);
  await untilArrived(() => delivered, sent);
  const seconds = (performance.now() - startedAt) / 1_000;
  const load = process.cpuUsage(loadBefore);
  const after = await target.cpuTimes();
  return {
    perSecond: sent / seconds,
    servers: (after.servers - before.servers) / sent,
    database: (after.database - before.database) / sent,
    bus: (after.bus - before.bus) / sent,
    load: (load.user + load.system) / sent,
  };
}

/** At a steady rate: how long a message takes to its recipient's device. */
export async function measureLatency(
  target: RunningTarget,
  options: { milliseconds: number; perSecond: number },
): Promise<Latency> {
  const sentAt = new Map<number, number>();
  const latencies: number[] = [];
  for (const pair of target.pairs) {
    pair.onDelivery((body) => {
      const at = sentAt.get(Number.parseInt(body, 10));
      if (at !== undefined) latencies.push(performance.now() - at);
    });
  }
  const sends: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let elapsed = 0; elapsed < options.milliseconds; elapsed = performance.now() - startedAt) {
    const due = Math.floor((elapsed / 1_000) * options.perSecond);
    for (let id = sends.length; id < due; id += 1) {
      sentAt.set(id, performance.now());
      const pair = target.pairs[id % target.pairs.length];
      if (pair !== undefined) sends.push(pair.send(bodyOf(id)));
    }
    await delay(1);
  }
  await Promise.all(sends);
  await untilArrived(() => latencies.length, sends.length);
  latencies.sort((a, b) => a - b);
  return { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
}
