import type { RedisConnections } from "../redis/connect-redis";
import type { RedisClient } from "../redis/redis-client";
import { asFields, asList, asText, asTexts, UnexpectedReplyError } from "../redis/reply";
import { beatScript, leaveScript, reportStrayScript } from "./membership-scripts";
import { type NodeInfo, parseNodeInfo } from "./node-info";

/** How long a node may take to sweep before another one does. */
const SWEEP_CLAIM_MS = 30_000;

export interface LeaseBookOptions {
  readonly redis: Pick<RedisConnections, "commands" | "prefix">;
  readonly terms: string;
  readonly leaseMs: number;
  readonly sweepAfterMs: number;
}

export interface Beat {
  readonly node: string;
  readonly info: NodeInfo;
  readonly isSettled: boolean;
  /** False: renews a lease that must be there. */
  readonly isJoining: boolean;
}

export type BeatAnswer =
  | { readonly state: "refused"; readonly agreed: string }
  | { readonly state: "lost" }
  | ({ readonly state: "held" | "joined" } & ClusterView);

export interface ClusterView {
  readonly live: readonly string[];
  readonly unsettled: readonly string[];
  /** Nodes that this one is to sweep up after. */
  readonly sweep: readonly string[];
}

/** The leases as they stand in Redis; time is that of Redis. */
export class LeaseBook {
  readonly #options: LeaseBookOptions;
  readonly #client: RedisClient;
  readonly #leases: string;
  readonly #info: string;
  readonly #unsettled: string;
  readonly #lapsed: string;
  readonly #terms: string;

  constructor(options: LeaseBookOptions) {
    const { redis } = options;
    this.#options = options;
    this.#client = redis.commands("membership");
    this.#leases = `${redis.prefix}:{nodes}:leases`;
    this.#info = `${redis.prefix}:{nodes}:info`;
    this.#unsettled = `${redis.prefix}:{nodes}:unsettled`;
    this.#lapsed = `${redis.prefix}:{nodes}:lapsed`;
    this.#terms = `${redis.prefix}:{nodes}:terms`;
  }

  /** Begins or renews a lease and says how the cluster stands. */
  async beat({ node, info, isSettled, isJoining }: Beat): Promise<BeatAnswer> {
    const { terms, leaseMs, sweepAfterMs } = this.#options;
    const keys = [this.#leases, this.#info, this.#unsettled, this.#lapsed, this.#terms];
    const flags = [isSettled ? 1 : 0, isJoining ? 1 : 0];
    const args = [node, leaseMs, terms, JSON.stringify(info), ...flags, sweepAfterMs, SWEEP_CLAIM_MS];
    const [state, ...rest] = asList(await beatScript.run(this.#client, keys, args));
    if (state === "refused") return { state, agreed: asText(rest[0]) };
    if (state === "lost") return { state };
    if (state !== "held" && state !== "joined") throw new UnexpectedReplyError("the state of a lease", state);
    return { state, live: asTexts(rest[0]), unsettled: asTexts(rest[1]), sweep: asTexts(rest[2]) };
  }

  async leave(node: string): Promise<void> {
    const keys = [this.#leases, this.#info, this.#unsettled, this.#lapsed];
    await leaveScript.run(this.#client, keys, [node]);
  }

  /** Those of these nodes that hold no lease; somebody will sweep up after them. */
  async strays(nodes: readonly string[]): Promise<string[]> {
    const keys = [this.#leases, this.#lapsed];
    return asTexts(await reportStrayScript.run(this.#client, keys, [this.#options.sweepAfterMs, ...nodes]));
  }

  /** Sweeping up after these is done. */
  async swept(nodes: readonly string[]): Promise<void> {
    await this.#client.run("zrem", this.#lapsed, ...nodes);
  }

  /** What the nodes say of themselves, also such as are just gone. */
  async infos(): Promise<Map<string, NodeInfo>> {
    const fields = asFields(await this.#client.run("hgetall", this.#info));
    return new Map(fields.map(([node, json]) => [node, parseNodeInfo(json)]));
  }
}
