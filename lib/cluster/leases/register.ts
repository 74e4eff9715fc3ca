import type { RedisConnections } from "../redis/connect-redis";
import { Announcer, type AnnouncerOptions } from "./announcer";
import { Directory } from "./directory";
import { Locator } from "./locator";
import type { Membership } from "./membership";

export interface RegisterOptions {
  readonly redis: Pick<RedisConnections, "commands" | "prefix" | "kind">;
  readonly membership: Membership;
  /** What is registered, such as "rooms"; the same on all nodes. */
  readonly name: string;
  readonly newEpoch: () => string;
  readonly onTurned?: NonNullable<AnnouncerOptions["onTurned"]>;
  readonly onAnnounced?: NonNullable<AnnouncerOptions["onAnnounced"]>;
  /** Names that only nodes held that are gone, taken off now. */
  readonly onOrphaned?: (names: readonly string[]) => void;
  /** Names that nodes held that are gone, and others hold still. */
  readonly onThinned?: (names: readonly string[]) => void;
  /**
   * What was listed here had been lost and is announced again, by this node at least: until now it could not be found by
   * the others.
   */
  readonly onRestored: () => void;
  readonly onError: (error: unknown) => void;
}

/** What this node holds, kept announced, and who holds what. */
export interface Register {
  readonly held: Pick<Announcer, "add" | "remove" | "has" | "size" | "idle">;
  readonly locator: Pick<Locator, "locate" | "isWhole">;
  stop(): void;
}

/** So many beats announce everything anew, little by little: the net below all other ways of noticing a loss. */
const BEATS_A_ROUND = 8;

/** Makes a register that begins with the membership's `start`. */
export function createRegister(options: RegisterOptions): Register {
  const { redis, membership, name, onTurned, onAnnounced, onOrphaned, onThinned, onRestored, onError } =
    options;

  const directory = new Directory({
    redis,
    name,
    newEpoch: options.newEpoch,
    onLost: () => {
      locator.mistrust();
      membership.doubt();
    },
  });
  const locator = new Locator(membership, directory);
  const held = new Announcer({
    directory,
    nodeId: () => membership.nodeId,
    ...(onTurned === undefined ? {} : { onTurned }),
    ...(onAnnounced === undefined ? {} : { onAnnounced }),
    onRepaired: () => {
      locator.mistrust();
      onRestored();
    },
    onError,
  });

  membership.onJoin(() => held.announceAll());
  membership.onDoubt(() => {
    locator.mistrust();
    held.announceAll().then(onRestored, onError);
  });
  membership.onBeat(() => held.announcePart(BEATS_A_ROUND));
  membership.addSweeper(async (gone) => {
    const { orphaned, thinned } = await directory.sweep(gone);
    if (orphaned.length > 0) onOrphaned?.(orphaned);
    if (thinned.length > 0) onThinned?.(thinned);
  });

  return { held, locator, stop: () => held.stop() };
}
