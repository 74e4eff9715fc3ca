import type { Directory } from "./directory";
import type { Membership } from "./membership";

export interface Located {
  /** For each name, in their order, the live nodes that hold it, this one among them when it does. */
  readonly holders: readonly (readonly string[])[];
  /**
   * Whether that is all. False while nodes still announce what they hold, after a beginning or a loss: then anybody may
   * hold anything.
   */
  readonly isWhole: boolean;
}

type KnownNodes = Pick<Membership, "live" | "isGone" | "identify" | "isSettled" | "noticeMs">;

/** Finds out who holds what, leaving out the nodes that are gone. */
export class Locator {
  readonly #membership: KnownNodes;
  readonly #directory: Pick<Directory, "lookup">;
  #lostAt = Number.NEGATIVE_INFINITY;

  constructor(membership: KnownNodes, directory: Pick<Directory, "lookup">) {
    this.#membership = membership;
    this.#directory = directory;
  }

  /** Something listed was found to be lost: until every node has noticed, what is listed is not all. */
  mistrust(): void {
    this.#lostAt = performance.now();
  }

  get isWhole(): boolean {
    return this.#membership.isSettled && performance.now() - this.#lostAt > this.#membership.noticeMs;
  }

  /** One round trip to Redis; a second one when an id shows up that was not seen before. */
  async locate(names: readonly string[]): Promise<Located> {
    const listed = await this.#directory.lookup(names);
    const unknown = new Set<string>();
    let isClean = true;
    for (const nodes of listed) {
      for (const node of nodes) {
        if (this.#membership.live.has(node)) continue;
        isClean = false;
        if (!this.#membership.isGone(node)) unknown.add(node);
      }
    }
    if (unknown.size > 0) await this.#membership.identify([...unknown]);
    const holders = isClean
      ? listed
      : listed.map((nodes) => nodes.filter((node) => !this.#membership.isGone(node)));
    return { holders, isWhole: this.isWhole };
  }
}
