/** Whom a message concerns: whoever holds one of these rooms, certain nodes, or all. */
export type Destination =
  | {
      readonly kind: "rooms";
      readonly rooms: readonly string[];
      /** The names of the rooms in the registry, in the same order. */
      readonly names: readonly string[];
    }
  | { readonly kind: "nodes"; readonly nodes: readonly string[] }
  | { readonly kind: "everybody" };

/** A message on its way out. */
export interface Outgoing {
  readonly to: Destination;
  /** The text for a node that holds these of the rooms; all rooms when undefined. */
  readonly textFor: (rooms: readonly string[] | undefined) => string;
  /** May be lost rather than wait. */
  readonly isVolatile: boolean;
  /** When it was handed over, by `performance.now()`. */
  readonly since: number;
}
