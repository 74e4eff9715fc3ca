import type { Located } from "../leases/locator";
import { SHARED } from "./ledger";
import type { Destination, Outgoing } from "./outgoing";

/** What is to be written: stream (a node's, or {@link SHARED}) → texts in the order of the messages. */
export interface Routes {
  readonly texts: ReadonlyMap<string, string[]>;
  /** Messages that go to all since it is not known who holds their rooms. */
  readonly fallbacks: number;
}

/** The names to look up for a batch, each once. */
export function namesIn(batch: readonly Outgoing[]): string[] {
  const names = new Set<string>();
  for (const { to } of batch) {
    if (to.kind === "rooms") for (const name of to.names) names.add(name);
  }
  return [...names];
}

/**
 * Sorts a batch by the streams it goes to. A node gets a message once, however many of its rooms it holds, and hears of
 * those rooms only; this node, which has delivered already, gets none. Pure.
 */
export function route(
  batch: readonly Outgoing[],
  names: readonly string[],
  located: Located,
  self: string,
): Routes {
  const holders = new Map(names.map((name, index) => [name, located.holders[index] ?? []]));
  const texts = new Map<string, string[]>();
  let fallbacks = 0;
  for (const message of batch) {
    const isLost = message.to.kind === "rooms" && !located.isWhole;
    if (isLost) fallbacks += 1;
    for (const [stream, rooms] of isLost ? TO_ALL : streamsOf(message.to, holders)) {
      if (stream === self) continue;
      append(texts, stream, message.textFor(rooms));
    }
  }
  return { texts, fallbacks };
}

type Stream = readonly [stream: string, rooms: readonly string[] | undefined];
const TO_ALL: readonly Stream[] = [[SHARED, undefined]];

function streamsOf(to: Destination, holders: ReadonlyMap<string, readonly string[]>): Iterable<Stream> {
  if (to.kind === "everybody") return TO_ALL;
  if (to.kind === "nodes") return to.nodes.map((node): Stream => [node, undefined]);
  const byNode = new Map<string, string[]>();
  to.rooms.forEach((room, index) => {
    for (const node of holders.get(to.names[index] ?? "") ?? []) {
      append(byNode, node, room);
    }
  });
  return byNode;
}

function append(lists: Map<string, string[]>, key: string, item: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
