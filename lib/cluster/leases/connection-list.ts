import { deviceId, userId } from "@/lib/contract/ids";
import type { DeviceName } from "@/lib/domain/device-name";
import type { Connection } from "@/lib/usecases/ports/presence-registry";
import type { RedisConnections } from "../redis/connect-redis";
import type { RedisArgument, RedisClient } from "../redis/redis-client";
import { asFields, asNumber } from "../redis/reply";
import type { Membership } from "./membership";

/** What is known of a connection on any node. */
export type ListedConnection = Connection & { node: string };

export interface ConnectionListOptions {
  readonly redis: Pick<RedisConnections, "commands" | "prefix">;
  readonly membership: Membership;
  /** This node's name. */
  readonly node: string;
  readonly onError: (error: unknown) => void;
}

/** The list of a node that is gone vanishes after this time without a beat; until then nobody reads it any more. */
const LIFETIME_MS = 60_000;
/** What comes together is written together. */
const TOGETHER_MS = 50;
const FIELDS_A_COMMAND = 500;

/** The open connections of each node, for operators to look at: one hash a node, written by it alone. */
export class ConnectionList {
  readonly #options: ConnectionListOptions;
  readonly #client: RedisClient;
  readonly #open = new Map<string, Connection>();
  readonly #dirty = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #isJoined = false;

  constructor(options: ConnectionListOptions) {
    const { membership, onError } = options;
    this.#options = options;
    this.#client = options.redis.commands("connections");
    membership.onJoin(({ previous }) => this.#begin(previous));
    membership.onBeat(() => void this.#renew().catch(onError));
  }

  add(connection: Connection): void {
    this.#open.set(connection.socketId, connection);
    this.#change(connection.socketId);
  }

  setIdle(socketId: string, idle: boolean): void {
    const connection = this.#open.get(socketId);
    if (connection !== undefined && (connection.idle === true) !== idle) this.add({ ...connection, idle });
  }

  remove(socketId: string): void {
    if (this.#open.delete(socketId)) this.#change(socketId);
  }

  /** Those of all live nodes; of this one as they are now. */
  async all(): Promise<ListedConnection[]> {
    const { membership, node } = this.#options;
    const others = [...membership.live].filter((id) => id !== membership.nodeId);
    const lists = await Promise.all(
      others.map(async (id) => asFields(await this.#client.run("hgetall", this.#key(id)))),
    );
    const here = [...this.#open.values()].map((connection) => ({ ...connection, node }));
    return [...here, ...lists.flat().flatMap(([socketId, json]) => parse(socketId, json))];
  }

  /** Removes the list of this node. */
  async close(): Promise<void> {
    this.#isJoined = false;
    clearTimeout(this.#timer);
    await this.#client.run("unlink", this.#key(this.#options.membership.nodeId));
  }

  #change(socketId: string): void {
    this.#dirty.add(socketId);
    if (!this.#isJoined || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#write().catch(this.#options.onError);
    }, TOGETHER_MS);
    this.#timer.unref();
  }

  async #begin(previous: string | undefined): Promise<void> {
    this.#isJoined = true;
    if (previous !== undefined) await this.#client.run("unlink", this.#key(previous));
    await this.#writeAll();
  }

  /** What failed is written at the next beat; a list that Redis lost is written anew. */
  async #renew(): Promise<void> {
    if (!this.#isJoined) return;
    const key = this.#key(this.#options.membership.nodeId);
    const isThere = asNumber(await this.#client.run("pexpire", key, LIFETIME_MS)) === 1;
    if (isThere || this.#open.size === 0) await this.#write();
    else await this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    for (const socketId of this.#open.keys()) this.#dirty.add(socketId);
    await this.#write();
  }

  async #write(): Promise<void> {
    const key = this.#key(this.#options.membership.nodeId);
    const changed = [...this.#dirty].slice(0, FIELDS_A_COMMAND);
    for (const socketId of changed) this.#dirty.delete(socketId);
    try {
      await this.#writeOnly(key, changed);
    } catch (error) {
      for (const socketId of changed) this.#dirty.add(socketId);
      throw error;
    }
    if (this.#dirty.size > 0) await this.#write();
  }

  async #writeOnly(key: string, changed: readonly string[]): Promise<void> {
    const set: RedisArgument[] = [];
    const removed: RedisArgument[] = [];
    for (const socketId of changed) {
      const connection = this.#open.get(socketId);
      if (connection === undefined) removed.push(socketId);
      else set.push(socketId, JSON.stringify({ ...connection, node: this.#options.node }));
    }
    // One lane, so a later state never comes before an earlier one.
    const commands: Promise<unknown>[] = [];
    if (removed.length > 0) commands.push(this.#client.run("hdel", key, ...removed));
    if (set.length > 0) {
      commands.push(this.#client.run("hset", key, ...set), this.#client.run("pexpire", key, LIFETIME_MS));
    }
    await Promise.all(commands);
  }

  #key(id: string): string {
    return `${this.#options.redis.prefix}:{node-${id}}:connections`;
  }
}

/** One that another version of Homing wrote in another way is left out. */
function parse(socketId: string, json: string): ListedConnection[] {
  const value: unknown = JSON.parse(json);
  if (typeof value !== "object" || value === null) return [];
  if (!("userId" in value && "node" in value && "since" in value)) return [];
  const user = userId.safeParse(value.userId);
  const device = deviceId.safeParse("device" in value ? value.device : undefined);
  const since = new Date(String(value.since));
  if (!user.success || typeof value.node !== "string" || Number.isNaN(since.getTime())) return [];
  const program = "program" in value ? { program: parseProgram(value.program) } : {};
  const idle = "idle" in value && value.idle === true ? { idle: true } : {};
  return [{ socketId, userId: user.data, device: device.data, since, ...program, ...idle, node: value.node }];
}

function parseProgram(value: unknown): DeviceName {
  if (typeof value !== "object" || value === null) return {};
  const browser = "browser" in value && typeof value.browser === "string" ? { browser: value.browser } : {};
  const system = "system" in value && typeof value.system === "string" ? { system: value.system } : {};
  return { ...browser, ...system };
}
