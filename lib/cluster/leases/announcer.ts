import type { Change } from "./directory";

export interface AnnouncerOptions {
  readonly directory: {
    announce(node: string, names: readonly string[]): Promise<Change[]>;
    withdraw(node: string, names: readonly string[]): Promise<Change[]>;
  };
  /** The id to announce under; asked anew for every step. */
  readonly nodeId: () => string;
  /** Names that this node was the first to hold, or the last. After failures a name may be reported again. */
  readonly onTurned?: (turned: { readonly appeared: string[]; readonly vanished: string[] }) => void;
  /** The names of a step that succeeded, after `onTurned`: what this node holds of them is announced now. */
  readonly onAnnounced?: (names: readonly string[]) => void;
  /** So many names had been announced and were gone from the directory: until now they could not be found. */
  readonly onRepaired: (names: number) => void;
  readonly onError: (error: unknown) => void;
}

/** The most names of one step; more follow in the next. */
const NAMES_A_STEP = 2_000;
/** How long after a failure the step is repeated. */
const RETRY_MS = 500;
/** How long {@link Announcer.add} lets its caller wait for Redis. */
const PATIENCE_MS = 1_000;

/**
 * Keeps the directory in step with what this node holds. Holding is decided here, at once; announcing follows, many
 * names at a time, and is repeated until it succeeds. Only the last state of a name counts, so a quick leave and return
 * cannot end the wrong way round.
 */
export class Announcer {
  readonly #options: AnnouncerOptions;
  readonly #held = new Set<string>();
  readonly #confirmed = new Set<string>();
  readonly #dirty = new Set<string>();
  #isOpen = false;
  /** Counts `announceAll`: what a step from before it finds does not count. */
  #generation = 0;
  #running: Promise<void> | undefined;
  #nextStep: { done: Promise<void>; end: () => void } | undefined;
  #retry: NodeJS.Timeout | undefined;
  #round: string[] = [];

  constructor(options: AnnouncerOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#held.size;
  }

  has(name: string): boolean {
    return this.#held.has(name);
  }

  /**
   * This node holds `name` from now on.
   *
   * @returns fulfilled when others can find it, or after a second without success; it never rejects. Undefined when
   * they can already.
   */
  add(name: string): Promise<void> | undefined {
    if (this.#held.has(name) && this.#confirmed.has(name)) return undefined;
    this.#held.add(name);
    this.#dirty.add(name);
    this.#start();
    this.#nextStep ??= step();
    return this.#nextStep.done;
  }

  /** This node does not hold `name` any more. */
  remove(name: string): void {
    if (!this.#held.delete(name)) return;
    this.#confirmed.delete(name);
    this.#dirty.add(name);
    this.#start();
  }

  /** Announces everything, under the id of now. Before the first call nothing is announced: there is no lease yet. */
  async announceAll(): Promise<void> {
    this.#isOpen = true;
    this.#generation += 1;
    this.#confirmed.clear();
    for (const name of this.#held) this.#dirty.add(name);
    do await this.#run();
    while (this.#dirty.size > 0);
  }

  /** Announces one part of what is held, out of `parts`; so many calls cover everything, whatever Redis lost. */
  announcePart(parts: number): void {
    if (this.#round.length === 0) this.#round = [...this.#held];
    const share = Math.ceil(this.#held.size / parts);
    for (const name of this.#round.splice(-share, share)) this.#dirty.add(name);
    this.#start();
  }

  /** Fulfilled when all changes so far are announced, or the step under way has failed. Never rejects. */
  async idle(): Promise<void> {
    await Promise.allSettled([this.#running]);
  }

  /** Ends the repeating. */
  stop(): void {
    this.#isOpen = false;
    clearTimeout(this.#retry);
  }

  #start(): void {
    if (!this.#isOpen || this.#running !== undefined || this.#retry !== undefined) return;
    this.#run().catch(this.#options.onError);
  }

  /** Works until nothing is left to announce or a step fails. */
  #run(): Promise<void> {
    this.#running ??= this.#steps().finally(() => {
      this.#running = undefined;
      if (this.#dirty.size > 0) this.#startLater();
    });
    return this.#running;
  }

  #startLater(): void {
    if (!this.#isOpen || this.#retry !== undefined) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#start();
    }, RETRY_MS);
    this.#retry.unref();
  }

  async #steps(): Promise<void> {
    while (this.#dirty.size > 0) {
      const waiting = this.#nextStep;
      this.#nextStep = undefined;
      try {
        await this.#oneStep();
      } finally {
        waiting?.end();
      }
    }
  }

  async #oneStep(): Promise<void> {
    const { directory, nodeId, onTurned, onAnnounced } = this.#options;
    const generation = this.#generation;
    const names = first(this.#dirty, NAMES_A_STEP);
    for (const name of names) this.#dirty.delete(name);
    const held = names.filter((name) => this.#held.has(name));
    const left = names.filter((name) => !this.#held.has(name));
    try {
      const node = nodeId();
      const [added, removed] = await Promise.all([
        directory.announce(node, held),
        directory.withdraw(node, left),
      ]);
      if (generation === this.#generation) this.#confirm(held, added);
      const appeared = held.filter((_, index) => added[index] === "turned");
      const vanished = left.filter((_, index) => removed[index] === "turned");
      if (appeared.length > 0 || vanished.length > 0) onTurned?.({ appeared, vanished });
      onAnnounced?.(names);
    } catch (error) {
      for (const name of names) this.#dirty.add(name);
      throw error;
    }
  }

  #confirm(names: readonly string[], changes: readonly Change[]): void {
    let repaired = 0;
    names.forEach((name, index) => {
      if (this.#confirmed.has(name) && changes[index] !== "same") repaired += 1;
      if (this.#held.has(name)) this.#confirmed.add(name);
    });
    if (repaired > 0) this.#options.onRepaired(repaired);
  }
}

function first<T>(set: ReadonlySet<T>, count: number): T[] {
  const items: T[] = [];
  for (const item of set) {
    if (items.length === count) break;
    items.push(item);
  }
  return items;
}

function step(): { done: Promise<void>; end: () => void } {
  let end: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, PATIENCE_MS);
    timer.unref();
    end = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  return { done, end };
}
