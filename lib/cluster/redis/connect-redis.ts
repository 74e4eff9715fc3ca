import { Cluster } from "ioredis";
import type { Logger } from "@/lib/ops/log";
import { createClient, type NativeClient } from "./create-client";
import { withDeadline } from "./deadline";
import { type CommandCounters, ManagedClient, type RedisClient } from "./redis-client";
import { watchRestarts } from "./restart-watch";
import { describeTarget, type RedisSettings } from "./settings";

/** What this process did with Redis since it started. */
export interface RedisStats extends Readonly<CommandCounters> {
  /** Masters that turned out to be another process than before. */
  readonly restarts: number;
  readonly connections: number;
}

/** The connections of one process to Redis. They open in the background; nothing here waits for Redis to be there. */
export interface RedisConnections {
  readonly kind: RedisSettings["target"]["kind"];
  readonly prefix: string;
  /** A connection of the pool. The same lane always gets the same one, so the order within a lane is kept. */
  commands(lane: string): RedisClient;
  /** A connection of its own, for reads that wait up to `blockMs` for something new. */
  blocking(name: string, blockMs: number): BlockingClient;
  /** A connection of ioredis of its own, for libraries that want one; the caller gives it back by {@link release}. */
  native(name: string): NativeClient;
  release(native: NativeClient): void;
  /** Whether every master that is known answers, within `timeoutMs`. Never rejects. */
  ping(timeoutMs: number): Promise<boolean>;
  /** Calls when Redis restarted or failed over: what it held may be gone. Returns the way to stop. */
  onRestart(listener: () => void): () => void;
  stats(): RedisStats;
  close(): void;
}

export interface BlockingClient extends RedisClient {
  close(): void;
}

/** Opens the pool. Losing and regaining a connection is logged once each, with the address and without secrets. */
export function connectRedis(settings: RedisSettings, log: Logger): RedisConnections {
  const counters: CommandCounters = { failures: 0, reconnects: 0 };
  const stop = new AbortController();
  const listeners = new Set<() => void>();
  const clients = new Set<NativeClient>();
  const closing = new WeakSet<NativeClient>();
  let restarts = 0;

  function open(name: string, timeoutMs: number): ManagedClient {
    const native = createClient(settings, `${settings.prefix}:${name}`);
    clients.add(native);
    native.once("end", () => clients.delete(native));
    const fields = { redis: describeTarget(settings.target), connection: name };
    logState(native, log, fields, () => closing.has(native));
    return new ManagedClient({ native, timeoutMs, counters });
  }

  function shut(native: NativeClient): void {
    closing.add(native);
    native.disconnect();
  }

  const pool = Array.from({ length: Math.max(1, settings.poolSize) }, (_, index) =>
    open(`commands-${index}`, settings.commandTimeoutMs),
  );
  const first = pool[0] ?? open("commands-0", settings.commandTimeoutMs);
  const lanes = new Map<string, ManagedClient>();

  watchRestarts({
    native: first.native,
    timeoutMs: settings.commandTimeoutMs,
    signal: stop.signal,
    onError: (error) => log.debug({ err: error }, "Redis does not say who it is"),
    onRestart: () => {
      restarts += 1;
      log.warn("Redis restarted or failed over");
      for (const listener of listeners) listener();
    },
  });

  return {
    kind: settings.target.kind,
    prefix: settings.prefix,
    commands(lane) {
      const client = lanes.get(lane) ?? pool[lanes.size % pool.length] ?? first;
      lanes.set(lane, client);
      return client;
    },
    blocking(name, blockMs) {
      const client = open(name, blockMs + settings.commandTimeoutMs);
      return {
        run: (command, ...args) => client.run(command, ...args),
        close: () => shut(client.native),
      };
    },
    native: (name) => open(name, settings.commandTimeoutMs).native,
    release: shut,
    ping: (timeoutMs) => answers(first.native, timeoutMs),
    onRestart(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stats: () => ({ ...counters, restarts, connections: clients.size }),
    close() {
      stop.abort("closing");
      for (const client of clients) shut(client);
    },
  };
}

async function answers(native: NativeClient, timeoutMs: number): Promise<boolean> {
  const servers = native instanceof Cluster ? native.nodes("master") : [native];
  const pings = servers.map((server) => withDeadline("ping", timeoutMs, server.ping()));
  const results = await Promise.allSettled(pings);
  return results.length > 0 && results.every((result) => result.status === "fulfilled");
}

function logState(
  native: NativeClient,
  log: Logger,
  fields: Record<string, string>,
  isClosing: () => boolean,
): void {
  let isUp: boolean | undefined;
  let lastError: unknown;
  native.on("error", (error: unknown) => {
    lastError = error;
  });
  native.on("ready", () => {
    if (isUp === false) log.info(fields, "Redis is back");
    isUp = true;
  });
  native.on("close", () => {
    if (isUp !== false && !isClosing()) log.warn({ ...fields, err: lastError }, "Redis is away");
    isUp = false;
  });
}
