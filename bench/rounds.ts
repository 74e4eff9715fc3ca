import { type Latency, measureLatency, measureThroughput, type Throughput } from "./load";
import type { RunningTarget } from "./targets/target";

/** What one round measured of one target. */
export interface Round extends Throughput, Latency {}

export interface RoundOptions {
  /** Of each of the two parts of a round: at a steady rate, and as fast as it goes. */
  milliseconds: number;
  /** Sends under way for each sender, when it goes as fast as it can. */
  inFlight: number;
  /** Messages a second, all senders together, when the latency is measured. */
  steadyRate: number;
}

const WARM_UP_MS = 2_000;

export async function warmUp(running: RunningTarget, { inFlight }: RoundOptions): Promise<void> {
  await measureThroughput(running, { milliseconds: WARM_UP_MS, inFlight });
}

export async function measureRound(running: RunningTarget, options: RoundOptions): Promise<Round> {
  const { milliseconds, inFlight, steadyRate } = options;
  const latency = await measureLatency(running, { milliseconds, perSecond: steadyRate });
  const throughput = await measureThroughput(running, { milliseconds, inFlight });
  return { ...latency, ...throughput };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export function medianRound(rounds: readonly Round[]): Round {
  const of = (key: keyof Round) => median(rounds.map((round) => round[key]));
  return {
    ...{ perSecond: of("perSecond"), p50: of("p50"), p99: of("p99") },
    ...{ servers: of("servers"), database: of("database"), bus: of("bus"), load: of("load") },
  };
}

export function describeRound(name: string, round: Round, steadyRate: number): string {
  const figures = [
    `${Math.round(round.perSecond)} messages/s`,
    `CPU µs a message: servers ${round.servers.toFixed(1)}, PostgreSQL ${round.database.toFixed(1)}, Redis ${round.bus.toFixed(1)}, load ${round.load.toFixed(1)}`,
    `p50 ${round.p50.toFixed(2)} ms, p99 ${round.p99.toFixed(2)} ms at ${steadyRate}/s`,
  ];
  return `${name.padEnd(NAME_WIDTH)}${figures.join(" · ")}`;
}

const NAME_WIDTH = 32;
