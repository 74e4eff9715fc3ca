import { startLoop } from "@/lib/ops/loop";
import { UnexpectedReplyError } from "../redis/reply";
import { type BeatAnswer, type ClusterView, LeaseBook } from "./lease-book";
import { type Joined, LEASE_DEFAULTS, type MembershipOptions, TermsRefusedError } from "./membership-options";
import type { NodeInfo } from "./node-info";

/** The ids of so many nodes that are gone are remembered; forgetting one costs a question. */
const MOST_GONE = 10_000;

/**
 * The nodes of a cluster, by leases in Redis: a node that does not renew its lease in time is gone for the others.
 *
 * An id stands for one stretch of life: a node that lost its lease comes back under a new one. So an id without a
 * lease will never have one again, and what is left of it may be removed at any time.
 */
export class Membership {
  readonly #options: MembershipOptions;
  readonly #book: LeaseBook;
  readonly #stop = new AbortController();
  readonly #joinListeners: ((joined: Joined) => Promise<void>)[] = [];
  readonly #settledListeners: ((joined: Joined) => void)[] = [];
  readonly #doubtListeners: (() => void)[] = [];
  readonly #beatListeners: (() => void)[] = [];
  readonly #sweepers: ((gone: ReadonlySet<string>) => Promise<void>)[] = [];
  readonly #gone = new Set<string>();
  #id: string;
  #isJoined = false;
  /** What is still to be announced, and whether that is under way. */
  #joined: Joined | undefined;
  #isSettling = false;
  #isDoubtful = false;
  #live = new Set<string>();
  #unsettled: readonly string[] = [];
  #lastBeat: Promise<void> = Promise.resolve();
  #loop: Promise<void> = Promise.resolve();

  constructor(options: MembershipOptions) {
    this.#options = options;
    this.#book = new LeaseBook({ ...LEASE_DEFAULTS, ...options });
    this.#id = options.newId();
  }

  /** This node's id; another one after its lease was lost. There is a lease for it before it shows here anew. */
  get nodeId(): string {
    return this.#id;
  }

  /** The nodes with a lease as of the last beat, this one among them; empty before the first. */
  get live(): ReadonlySet<string> {
    return this.#live;
  }

  /** Whether every live node has announced all it holds, as of the last beat. */
  get isSettled(): boolean {
    return this.#isJoined && this.#joined === undefined && this.#unsettled.length === 0;
  }

  /** By then every node has noticed a loss; it does not count as settled from then on until all is announced anew. */
  get noticeMs(): number {
    return 2 * (this.#options.beatMs ?? LEASE_DEFAULTS.beatMs) + 2_000;
  }

  /** Runs at every beginning, one after the other as registered; until all have succeeded, this node does not count as settled and they are repeated. */
  onJoin(listener: (joined: Joined) => Promise<void>): void {
    this.#joinListeners.push(listener);
  }

  /** Calls when all of `onJoin` has succeeded. */
  onSettled(listener: (joined: Joined) => void): void {
    this.#settledListeners.push(listener);
  }

  /**
   * Calls when Redis kept this node's lease and yet may have lost something: it restarted or failed over with what it had
   * saved, or somebody found it out and called {@link doubt}. When the lease is lost too, `onJoin` runs instead.
   */
  onDoubt(listener: () => void): void {
    this.#doubtListeners.push(listener);
  }

  /** Looks after the lease at once: something in Redis was found to be lost. */
  doubt(): void {
    if (this.#isDoubtful) return;
    this.#isDoubtful = true;
    this.#beat().catch(this.#options.onError);
  }

  /** Tells the others at once what this node says of itself, not only with the next beat. */
  report(): void {
    this.#beat().catch(this.#options.onError);
  }

  /** Calls after each beat that Redis answered. */
  onBeat(listener: () => void): void {
    this.#beatListeners.push(listener);
  }

  /** Removes the traces of nodes that are gone. They are handed out again, to any node, until it has succeeded. */
  addSweeper(sweeper: (gone: ReadonlySet<string>) => Promise<void>): void {
    this.#sweepers.push(sweeper);
  }

  /**
   * Joins the cluster and goes on beating. Without Redis it returns as well, and joins when Redis is there.
   *
   * @throws TermsRefusedError when the live nodes agreed on other terms.
   */
  async start(): Promise<void> {
    const { beatMs = LEASE_DEFAULTS.beatMs, onError, onRefused } = this.#options;
    try {
      await this.#beat();
    } catch (error) {
      if (error instanceof TermsRefusedError) throw error;
      onError(error);
    }
    const failed = (error: unknown) =>
      error instanceof TermsRefusedError ? onRefused(error) : onError(error);
    const loop = { every: beatMs, longestPause: beatMs, signal: this.#stop.signal, onError: failed };
    this.#loop = startLoop(loop, () => this.#beat());
    this.#stop.signal.addEventListener(
      "abort",
      this.#options.redis.onRestart(() => this.doubt()),
    );
  }

  /** Gives the lease back, so that the others need not wait for its end. */
  async stop(): Promise<void> {
    this.#stop.abort("stopping");
    await this.#loop;
    await this.#book.leave(this.#id);
  }

  /** Whether this id is known to be gone, which is for ever. */
  isGone(id: string): boolean {
    return this.#gone.has(id);
  }

  /**
   * Asks about ids that were met somewhere and are neither `live` nor gone: afterwards they are one or the other. The
   * traces of the gone will be swept.
   */
  async identify(ids: readonly string[]): Promise<void> {
    const unknown = ids.filter((id) => !this.#live.has(id) && !this.#gone.has(id));
    if (unknown.length === 0) return;
    const strays = new Set(await this.#book.strays(unknown));
    for (const id of unknown) (strays.has(id) ? this.#gone : this.#live).add(id);
    for (const oldest of this.#gone) {
      if (this.#gone.size <= MOST_GONE) break;
      this.#gone.delete(oldest);
    }
  }

  /** What the live nodes say of themselves. */
  async nodes(): Promise<Map<string, NodeInfo>> {
    const infos = await this.#book.infos();
    return new Map([...infos].filter(([id]) => this.#live.has(id)));
  }

  /** One after the other: two at once could both find the lease lost. */
  #beat(): Promise<void> {
    const beat = this.#lastBeat.then(() => this.#beatOnce());
    this.#lastBeat = beat.catch(() => undefined);
    return beat;
  }

  async #beatOnce(): Promise<void> {
    const isDoubtful = this.#isDoubtful;
    let node = this.#id;
    let answer = await this.#ask(node, !this.#isJoined);
    if (answer.state === "lost") {
      node = this.#options.newId();
      answer = await this.#ask(node, true);
    }
    if (answer.state === "refused") throw new TermsRefusedError(this.#options.terms, answer.agreed);
    if (answer.state === "lost") throw new UnexpectedReplyError("a lease", answer.state);
    if (answer.state === "joined") {
      this.#joined = { node, previous: this.#isJoined ? this.#id : undefined };
      this.#isJoined = true;
      this.#id = node;
    }
    if (isDoubtful) {
      this.#isDoubtful = false;
      if (answer.state === "held") for (const listener of this.#doubtListeners) listener();
    }
    this.#see(answer);
    if (this.#joined !== undefined && !this.#isSettling) void this.#settle(this.#joined);
  }

  #ask(node: string, isJoining: boolean): Promise<BeatAnswer> {
    const isSettled = this.#isJoined && !isJoining && this.#joined === undefined;
    return this.#book.beat({ node, info: this.#options.describe(), isSettled, isJoining });
  }

  #see(view: ClusterView): void {
    this.#live = new Set(view.live);
    this.#unsettled = view.unsettled;
    for (const listener of this.#beatListeners) listener();
    if (view.sweep.length > 0) void this.#sweep(view.sweep);
  }

  /** Beside the beats, since announcing may take longer than a lease lasts. */
  async #settle(joined: Joined): Promise<void> {
    this.#isSettling = true;
    try {
      for (const listener of this.#joinListeners) await listener(joined);
      if (this.#joined === joined) {
        this.#joined = undefined;
        for (const listener of this.#settledListeners) listener(joined);
        await this.#beat();
      }
    } catch (error) {
      this.#options.onError(error);
    } finally {
      this.#isSettling = false;
    }
  }

  async #sweep(nodes: readonly string[]): Promise<void> {
    try {
      const gone = new Set(nodes);
      await Promise.all(this.#sweepers.map((sweep) => sweep(gone)));
      await this.#book.swept(nodes);
    } catch (error) {
      this.#options.onError(error);
    }
  }
}
