import type { NodeFacts } from "@/lib/usecases/ports/nodes";

/**
 * - `silent`: it has not reported for a while; its lease still runs.
 * - `stopped`: it is gone, after it had let its people move away.
 * - `vanished`: it is gone without a word.
 */
export type NodeState = "serving" | "draining" | "drained" | "silent" | "stopped" | "vanished";

/** A node as an operator who watches has seen it. */
export interface WatchedNode {
  readonly facts: NodeFacts;
  readonly state: NodeState;
  /** When its last report came; by the clock of whoever watches, as no node's clock is to be trusted. */
  readonly heardAt: number;
  /** What it was told just now, which its reports do not show yet. */
  readonly wish?: { readonly draining: boolean; readonly until: number };
}

/** Three beats of a node, and the pause between two looks. */
const SILENT_AFTER_MS = 10_000;
/** By then a report has come that knows of it. */
const WISH_LASTS_MS = 6_000;

/** What is seen after one more look at `now`: those that answered, and those that used to. */
export function afterLook(
  before: readonly WatchedNode[],
  found: readonly NodeFacts[],
  now: number,
): WatchedNode[] {
  const known = new Map(before.map((node) => [node.facts.instance, node]));
  const present = found.map((facts) => seenAgain(known.get(facts.instance), facts, now));
  const instances = new Set(found.map(({ instance }) => instance));
  const names = new Set(found.map(({ name }) => name));
  const gone = before
    .filter(({ facts }) => !instances.has(facts.instance) && !names.has(facts.name))
    .map(({ facts, heardAt }): WatchedNode => {
      return { facts, heardAt, state: facts.isDraining ? "stopped" : "vanished" };
    });
  return [...present, ...gone];
}

/** As it will be once the node has done what it was told. */
export function afterWish(
  before: readonly WatchedNode[],
  wish: { instance: string; draining: boolean },
  now: number,
): WatchedNode[] {
  return before.map((node) => {
    if (node.facts.instance !== wish.instance) return node;
    const wished = { ...node, wish: { draining: wish.draining, until: now + WISH_LASTS_MS } };
    return { ...wished, state: stateOf(wished, now) };
  });
}

/** Whether the node is among the live ones. */
export function isLive({ state }: WatchedNode): boolean {
  return state !== "stopped" && state !== "vanished";
}

/** Whether it takes people in. */
export function isOpen({ state }: WatchedNode): boolean {
  return state === "serving" || state === "silent";
}

/** The share of what was read from the bus that was for nobody here; undefined before anything was read. */
export function wasteOf({ messagesRead, messagesWanted }: NodeFacts): number | undefined {
  return messagesRead === 0 ? undefined : Math.max(0, 1 - messagesWanted / messagesRead);
}

function seenAgain(before: WatchedNode | undefined, facts: NodeFacts, now: number): WatchedNode {
  const isNews = before === undefined || before.facts.report !== facts.report;
  const wish = before?.wish !== undefined && now < before.wish.until ? { wish: before.wish } : {};
  const node = { facts, heardAt: isNews ? now : before.heardAt, ...wish };
  return { ...node, state: stateOf(node, now) };
}

function stateOf({ facts, heardAt, wish }: Omit<WatchedNode, "state">, now: number): NodeState {
  if (now - heardAt >= SILENT_AFTER_MS) return "silent";
  if (!(wish?.draining ?? facts.isDraining)) return "serving";
  return facts.sockets === 0 ? "drained" : "draining";
}
