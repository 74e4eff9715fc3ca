import { setTimeout as delay } from "node:timers/promises";
import type { Pair, RunningTarget } from "./targets/target";

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
async function untilArrived(arrived: () => number, sent: number, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (arrived() < sent) {
    if (performance.now() > deadline) {
      throw new Error(`Of ${sent} messages that were acknowledged only ${arrived()} arrived.`);
    }
    await delay(1);
  }
}

/**
 * As fast as it goes: each sender keeps `inFlight` messages under way for `milliseconds`. A message is under way until it
 * was acknowledged and has arrived: a server that acknowledges before it delivers must not run ahead of its recipients, or
 * what it can acknowledge would be measured, and what lies in between gets lost.
 */
export async function measureThroughput(
  target: RunningTarget,
  options: { milliseconds: number; inFlight: number },
): Promise<Throughput> {
  const before = await target.cpuTimes();
  const loadBefore = process.cpuUsage();
  const startedAt = performance.now();
  let sent = 0;
  let arrived = 0;
  const startWorkers = (pair: Pair) => {
    const onTheWay = new Map<number, () => void>();
    pair.onDelivery((body) => {
      const id = Number.parseInt(body, 10);
      arrived += 1;
      onTheWay.get(id)?.();
      onTheWay.delete(id);
    });
    const worker = async () => {
      while (performance.now() - startedAt < options.milliseconds) {
        sent += 1;
        const id = sent;
        const arrival = new Promise<void>((resolve) => onTheWay.set(id, resolve));
        await pair.send(bodyOf(id));
        await arrival;
      }
    };
    return Array.from({ length: options.inFlight }, worker);
  };
  const tooLate = delay(options.milliseconds + ARRIVES_WITHIN_MS, undefined, { ref: false });
  await Promise.race([Promise.all(target.pairs.flatMap(startWorkers)), tooLate]);
  await untilArrived(() => arrived, sent, 0);
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
  await untilArrived(() => latencies.length, sends.length, ARRIVES_WITHIN_MS);
  latencies.sort((a, b) => a - b);
  return { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
}
