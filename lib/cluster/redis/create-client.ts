import { Cluster, Redis, type RedisOptions } from "ioredis";
import { gatherCommands } from "./gather-commands";
import type { ClusterRedis, RedisSettings, SentinelRedis } from "./settings";

/** A connection, or the set of connections to a Redis Cluster. */
export type NativeClient = Redis | Cluster;

/**
 * Opens a connection as the settings say. It connects in the background and for ever again after a loss.
 *
 * The offline queue stays on: with it off, a loop that reads would spin without a pause while Redis is away. Commands
 * wait without a limit of their own (`maxRetriesPerRequest: null`); who sends them sets the deadline.
 */
export function createClient(settings: RedisSettings, name: string): NativeClient {
  const client = openClient(settings, name);
  gatherCommands(client);
  return client;
}

function openClient(settings: RedisSettings, name: string): NativeClient {
  const { target } = settings;
  if (target.kind === "cluster") return clusterClient(settings, target, name);
  if (target.kind === "sentinel") return sentinelClient(settings, target, name);
  const tls = target.url.startsWith("rediss:") ? { tls: {} } : {};
  return new Redis(target.url, { ...commonOptions(settings, name), ...tls, retryStrategy });
}

function sentinelClient(settings: RedisSettings, target: SentinelRedis, name: string): Redis {
  return new Redis({
    ...commonOptions(settings, name),
    ...credentials(target),
    db: target.db ?? 0,
    sentinels: target.sentinels.map(({ host, port }) => ({ host, port })),
    name: target.master,
    sentinelPassword: target.sentinelPassword,
    sentinelCommandTimeout: settings.commandTimeoutMs,
    sentinelRetryStrategy: retryStrategy,
    // Without it a connection to a master that was cut off, but lives, would be kept after a failover.
    failoverDetector: true,
    ...(target.tls ? { tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true } : {}),
    retryStrategy,
    // A former master that came back as a replica refuses writes: ask the sentinels again.
    reconnectOnError: (error) => (error.message.startsWith("READONLY") ? 2 : false),
  });
}

function clusterClient(settings: RedisSettings, target: ClusterRedis, name: string): Cluster {
  const startupNodes = target.nodes.map(({ host, port }) => ({ host, port }));
  return new Cluster(startupNodes, {
    clusterRetryStrategy: retryStrategy,
    maxRedirections: settings.maxRedirections,
    slotsRefreshInterval: 5_000,
    slotsRefreshTimeout: settings.connectTimeoutMs,
    redisOptions: {
      ...commonOptions(settings, name),
      ...credentials(target),
      ...(target.tls ? { tls: {} } : {}),
    },
    // With TLS the name must stay a name, or the certificate does not fit.
    ...(target.tls ? { dnsLookup: keepName } : {}),
  });
}

function commonOptions(settings: RedisSettings, name: string) {
  return {
    connectionName: name,
    connectTimeout: settings.connectTimeoutMs,
    // Half-open connections: with a command under way and no byte for so long, connect anew.
    socketTimeout: Math.max(2 * settings.commandTimeoutMs, 10_000),
    maxRetriesPerRequest: null,
    // What was sent and not answered is sent again; readers tell repeats by their sequence numbers.
    autoResendUnfulfilledCommands: true,
    // Replies have the same shapes on every version of the server.
    protocol: 2,
    disableClientInfo: true,
  } as const satisfies RedisOptions;
}

function keepName(host: string, done: (error: null, address: string) => void): void {
  done(null, host);
}

function credentials({ username, password }: SentinelRedis | ClusterRedis) {
  return {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  };
}

/** Milliseconds until the next attempt: 50 to 1,000, with jitter so that many nodes do not come at once. */
function retryStrategy(attempt: number): number {
  const base = Math.min(1_000, 50 * 2 ** Math.min(attempt, 10));
  return base / 2 + Math.random() * (base / 2);
}
