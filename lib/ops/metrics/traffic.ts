import { Distribution, DURATION_BOUNDS } from "./distribution";

const SIZE_BOUNDS = [1, 2, 5, 10, 20, 50, 100, 200, 500];

interface EventTraffic {
  /** Seconds until the answer. */
  readonly duration: Distribution;
  /** How often it ended how: `ok` or an error code. */
  readonly outcomes: Map<string, number>;
}

interface BatchTraffic {
  readonly size: Distribution;
  /** Seconds. */
  readonly duration: Distribution;
}

/**
 * What passed through this node, counted where it passes. Names come from closed sets (events of the contract, error
 * codes, kinds of batches), never from users: the number of series stays as it is.
 */
export class Traffic {
  readonly events = new Map<string, EventTraffic>();
  readonly batches = new Map<string, BatchTraffic>();
  /** By the event that was emitted; seconds until it is handed to the sockets here and to the bus, which write at the end of the tick. */
  readonly fanOuts = new Map<string, Distribution>();

  /** How many things wait, by the name of the queue. */
  readonly queues = new Map<string, () => number>();

  /** Conversations of which people here were told what the bus had not brought. */
  repairs: () => number = () => 0;

  /** An event of a client was answered. */
  event(name: string, outcome: string, milliseconds: number): void {
    const traffic = entryOf(this.events, name, newEventTraffic);
    traffic.duration.observe(milliseconds / 1_000);
    traffic.outcomes.set(outcome, (traffic.outcomes.get(outcome) ?? 0) + 1);
  }

  /** The database did so many things of a kind at once. */
  batch(kind: string, size: number, milliseconds: number): void {
    const traffic = entryOf(this.batches, kind, newBatchTraffic);
    traffic.size.observe(size);
    traffic.duration.observe(milliseconds / 1_000);
  }

  /** An event went out to clients. */
  fanOut(event: string, milliseconds: number): void {
    entryOf(this.fanOuts, event, newDuration).observe(milliseconds / 1_000);
  }
}

const newDuration = () => new Distribution(DURATION_BOUNDS);
const newEventTraffic = (): EventTraffic => ({ duration: newDuration(), outcomes: new Map() });
const newBatchTraffic = (): BatchTraffic => ({
  size: new Distribution(SIZE_BOUNDS),
  duration: newDuration(),
});

function entryOf<T>(map: Map<string, T>, key: string, create: () => T): T {
  let entry = map.get(key);
  if (entry === undefined) {
    entry = create();
    map.set(key, entry);
  }
  return entry;
}
