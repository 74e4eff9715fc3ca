import type { createAdapter } from "@socket.io/redis-streams-adapter";

/** The adapter of one namespace; its package does not export the class. */
export type StockAdapter = ReturnType<ReturnType<typeof createAdapter>>;

/** The adapter's id, which its types keep to itself. */
export function uidOf(adapter: StockAdapter): string {
  const uid: unknown = Reflect.get(adapter, "uid");
  if (typeof uid !== "string") throw new Error("the stock adapter has no id any more");
  return uid;
}
