import type { RedisConnections } from "../redis/connect-redis";
import type { RedisArgument, RedisClient } from "../redis/redis-client";
import { asList, asOptionalText, asText } from "../redis/reply";
import type { RedisScript } from "../redis/script";
import { bucketOf } from "./directory-bucket";
import { announceScript, EPOCH, withdrawScript } from "./directory-scripts";

export interface DirectoryOptions {
  readonly redis: Pick<RedisConnections, "commands" | "prefix" | "kind">;
  /** What is listed, such as "rooms"; all nodes use the same. */
  readonly name: string;
  /** A value of its own for each bucket that comes into being. */
  readonly newEpoch: () => string;
  /** A bucket turned out to be another than before: what was listed in it is lost until its holders announce again. */
  readonly onLost: () => void;
}

/** What became of a name: `same` as before, `changed`, or changed from nobody to somebody or back: `turned`. */
export type Change = "same" | "changed" | "turned";

/** Names that nodes who are gone held alone, and names that others hold too. */
export interface Swept {
  readonly orphaned: string[];
  readonly thinned: string[];
}

/** The names of one script call: Redis does nothing else meanwhile, about 1 ms. */
const NAMES_A_CALL = 500;
/**
 * Buckets spread the names over the masters of a Redis Cluster. On one Redis they would only cost: there one bucket lets
 * any number of names be looked up by one command.
 */
const BUCKETS = { single: 1, sentinel: 1, cluster: 64 } as const;

/**
 * Which nodes hold what: a name such as a room or a user, and the ids of the nodes that announced it. Every node
 * announces and withdraws for itself only; who is gone is swept.
 *
 * Works on a Redis Cluster: each command touches one key.
 */
export class Directory {
  readonly #options: DirectoryOptions;
  readonly #client: RedisClient;
  readonly #buckets: number;
  readonly #epochs = new Map<number, string>();
  readonly #parsed = new Map<string, readonly string[]>();

  constructor(options: DirectoryOptions) {
    this.#options = options;
    this.#client = options.redis.commands(`directory-${options.name}`);
    this.#buckets = BUCKETS[options.redis.kind];
  }

  /** Lists `node` as a holder of these names. Repeating it changes nothing. Answers in the order of the names. */
  async announce(node: string, names: readonly string[]): Promise<Change[]> {
    return await this.#change(announceScript, names, () => [node, EPOCH, this.#options.newEpoch()]);
  }

  /** Takes `node` off as a holder of these names. */
  async withdraw(node: string, names: readonly string[]): Promise<Change[]> {
    return await this.#change(withdrawScript, names, () => [node]);
  }

  /** The nodes that hold each of these names, in the order of the names; the gone may still be among them. */
  async lookup(names: readonly string[]): Promise<(readonly string[])[]> {
    const holders: (readonly string[])[] = new Array(names.length).fill([]);
    await Promise.all(
      [...this.#byBucket(names)].map(async ([bucket, places]) => {
        const fields = places.map((place) => names[place] ?? "");
        const reply = asList(await this.#client.run("hmget", this.#key(bucket), EPOCH, ...fields));
        this.#checkEpoch(bucket, asOptionalText(reply[0]));
        places.forEach((place, index) => {
          holders[place] = this.#parse(asOptionalText(reply[index + 1]));
        });
      }),
    );
    return holders;
  }

  /** Takes nodes that are gone off everywhere; answers the names from which it took one. */
  async sweep(gone: ReadonlySet<string>): Promise<Swept> {
    const swept = new Map<string, Change>();
    for (let bucket = 0; bucket < this.#buckets; bucket += 1) {
      let cursor = "0";
      do {
        const reply = asList(
          await this.#client.run("hscan", this.#key(bucket), cursor, "count", NAMES_A_CALL),
        );
        cursor = asText(reply[0]);
        await this.#withdrawGone(asList(reply[1]).map(asText), gone, swept);
      } while (cursor !== "0");
    }
    const became = (change: Change) => [...swept.keys()].filter((name) => swept.get(name) === change);
    return { orphaned: became("turned"), thinned: became("changed") };
  }

  async #withdrawGone(
    pairs: readonly string[],
    gone: ReadonlySet<string>,
    swept: Map<string, Change>,
  ): Promise<void> {
    const traces = new Map<string, string[]>();
    for (let index = 0; index + 1 < pairs.length; index += 2) {
      const name = pairs[index] ?? "";
      for (const node of (pairs[index + 1] ?? "").split(" ")) {
        if (name !== EPOCH && gone.has(node)) traces.set(node, [...(traces.get(node) ?? []), name]);
      }
    }
    for (const [node, names] of traces) {
      const changes = await this.withdraw(node, names);
      // Of several who held a name the last one decides.
      names.forEach((name, index) => {
        const change = changes[index] ?? "same";
        if (change !== "same") swept.set(name, change);
      });
    }
  }

  async #change(
    script: RedisScript,
    names: readonly string[],
    firstArgs: () => RedisArgument[],
  ): Promise<Change[]> {
    const changes: Change[] = new Array(names.length).fill("same");
    const calls = [...this.#byBucket(names)].flatMap(([bucket, places]) =>
      chunks(places, NAMES_A_CALL).map((part) => ({ bucket, places: part })),
    );
    await Promise.all(
      calls.map(async ({ bucket, places }) => {
        const args = [...firstArgs(), ...places.map((place) => names[place] ?? "")];
        const digits = asText(await script.run(this.#client, [this.#key(bucket)], args));
        places.forEach((place, index) => {
          changes[place] = CHANGES[digits.charAt(index)] ?? "same";
        });
      }),
    );
    return changes;
  }

  #byBucket(names: readonly string[]): Map<number, number[]> {
    const places = new Map<number, number[]>();
    names.forEach((name, place) => {
      const bucket = bucketOf(name, this.#buckets);
      const known = places.get(bucket);
      if (known === undefined) places.set(bucket, [place]);
      else known.push(place);
    });
    return places;
  }

  #checkEpoch(bucket: number, epoch: string | undefined): void {
    const known = this.#epochs.get(bucket);
    if (epoch === known) return;
    if (epoch === undefined) this.#epochs.delete(bucket);
    else this.#epochs.set(bucket, epoch);
    if (known !== undefined) this.#options.onLost();
  }

  #parse(nodes: string | undefined): readonly string[] {
    if (nodes === undefined) return NOBODY;
    const known = this.#parsed.get(nodes);
    if (known !== undefined) return known;
    if (this.#parsed.size >= 1_000) this.#parsed.clear();
    const parsed = nodes.split(" ");
    this.#parsed.set(nodes, parsed);
    return parsed;
  }

  #key(bucket: number): string {
    const { redis, name } = this.#options;
    return `${redis.prefix}:{${name}-${bucket}}`;
  }
}

const NOBODY: readonly string[] = [];
const CHANGES: Readonly<Record<string, Change>> = { "0": "same", "1": "changed", "2": "turned" };

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
