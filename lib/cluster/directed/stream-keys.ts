/** The keys of the streams; the hash tags spread them over a Redis Cluster. */
export interface StreamKeys {
  /** What concerns all. */
  readonly shared: string;
  /** What concerns one node. */
  own(node: string): string;
}

export function streamKeys(prefix: string): StreamKeys {
  return { shared: `${prefix}:{all}:messages`, own: (node) => `${prefix}:{node-${node}}:messages` };
}
