/** A host with its port. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
}

interface Credentials {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** One server: `redis://` or, with TLS, `rediss://`, with user, password and database number in the address. */
export interface SingleRedis {
  readonly kind: "single";
  readonly url: string;
}

/** A master that Sentinel watches, with its replicas. */
export interface SentinelRedis extends Credentials {
  readonly kind: "sentinel";
  readonly sentinels: readonly RedisAddress[];
  /** The name under which the sentinels know the master. */
  readonly master: string;
  readonly sentinelPassword?: string | undefined;
  readonly db?: number | undefined;
  /** To the master and its replicas, and to the sentinels. */
  readonly tls: boolean;
}

/** A Redis Cluster; some of its nodes suffice, the others are learnt from them. */
export interface ClusterRedis extends Credentials {
  readonly kind: "cluster";
  readonly nodes: readonly RedisAddress[];
  readonly tls: boolean;
}

/** Where Redis is and how to treat it. Certificates are checked against the system's and NODE_EXTRA_CA_CERTS. */
export interface RedisSettings {
  readonly target: SingleRedis | SentinelRedis | ClusterRedis;
  /** Begins every key, so that several installations can share one Redis. Letters, digits and `_ . : -`. */
  readonly prefix: string;
  /** Connections for commands; those for blocking reads come on top. */
  readonly poolSize: number;
  /** How often a command follows a Redis Cluster's redirections before it fails. */
  readonly maxRedirections: number;
  readonly connectTimeoutMs: number;
  /** A command without an answer for so long has failed; whether it was carried out is not known. */
  readonly commandTimeoutMs: number;
}

/** What is used unless the operator says otherwise. */
export const REDIS_DEFAULTS = {
  prefix: "homing",
  poolSize: 2,
  maxRedirections: 16,
  connectTimeoutMs: 5_000,
  commandTimeoutMs: 5_000,
} as const satisfies Omit<RedisSettings, "target">;

/** How this Redis is named in logs: without user, password and query. */
export function describeTarget(target: RedisSettings["target"]): string {
  if (target.kind === "single") return withoutCredentials(target.url);
  const addresses = target.kind === "sentinel" ? target.sentinels : target.nodes;
  const list = addresses.map(({ host, port }) => `${host}:${port}`).join(",");
  return target.kind === "sentinel" ? `sentinels ${list} (${target.master})` : `cluster ${list}`;
}

function withoutCredentials(address: string): string {
  if (!URL.canParse(address)) return "redis";
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}
