import type { Adapter } from "socket.io-adapter";
import type { AdapterNamespace, EventListener, Routing } from "../routing/routing";
import { Bus } from "./bus";
import type { BusOptions } from "./bus-options";
import { DirectedAdapter } from "./directed-adapter";

export interface DirectedRoutingOptions extends BusOptions {
  /** Rooms that are listed in the registry, so that what is emitted to them reaches only the nodes that hold them. */
  readonly isDirected: (room: string) => boolean;
  readonly newId: () => string;
  readonly onEvent?: EventListener | undefined;
}

/** The version of what nodes write for each other; raised when old and new nodes cannot understand each other. */
export const DIRECTED_PROTOCOL = "directed/1";

/** Makes the directed routing of a process. It begins with the membership's `start`, which is to be called afterwards. */
export function createDirectedRouting(options: DirectedRoutingOptions): Routing {
  const bus = new Bus(options);
  // Not an arrow: Socket.IO calls it with `new`.
  function adapter(namespace: AdapterNamespace): Adapter {
    return new DirectedAdapter(namespace, { ...options, bus });
  }
  return {
    adapter,
    get isSettled() {
      return bus.isSettled;
    },
    stats: () => bus.stats(),
    close: () => bus.close(),
  };
}
