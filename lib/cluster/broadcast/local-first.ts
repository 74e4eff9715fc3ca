import { Adapter, type BroadcastOptions, MessageType } from "socket.io-adapter";
import type { Membership } from "../leases/membership";
import { encodeOptions } from "../routing/encode-options";
import type { AdapterNamespace, Packet } from "../routing/routing";
import type { RoutingStats } from "../routing/routing-stats";
import type { PublishGuard } from "./publish-guard";
import { type StockAdapter, uidOf } from "./stock-adapter";

/** With so many writes unanswered, what may get lost is not added to them. */
const VOLATILE_LIMIT = 1_000;

export interface LocalFirstOptions {
  readonly namespace: AdapterNamespace;
  readonly guard: PublishGuard;
  readonly stats: RoutingStats;
  readonly membership: Pick<Membership, "live">;
}

/**
 * Has the stock adapter serve the sockets here before it publishes, and publish through the guard. By itself it waits for
 * Redis first, so that a Redis that is away stops even what stays on one node.
 */
export function putLocalFirst(adapter: StockAdapter, options: LocalFirstOptions): void {
  const { namespace, guard, stats, membership } = options;
  const signature = { uid: uidOf(adapter), nsp: namespace.name };
  const publish = adapter.doPublish.bind(adapter);
  const countServers = adapter.serverCount.bind(adapter);

  adapter.doPublish = async (message) => {
    if (await guard.publish(() => publish(message))) {
      stats.messagesWritten += 1;
      stats.entriesWritten += 1;
    }
    return "";
  };

  adapter.broadcast = (packet: Packet, opts: BroadcastOptions) => {
    Adapter.prototype.broadcast.call(adapter, packet, opts);
    if (opts.flags?.local === true) return DONE;
    if (opts.flags?.volatile === true && guard.unanswered > VOLATILE_LIMIT) {
      stats.volatileDropped += 1;
      return DONE;
    }
    const data = { packet, opts: encodeOptions(opts) };
    return adapter.doPublish({ ...signature, type: MessageType.BROADCAST, data });
  };

  adapter.addSockets = (opts, rooms) => {
    Adapter.prototype.addSockets.call(adapter, opts, rooms);
    if (opts.flags?.local === true) return DONE;
    const data = { opts: encodeOptions(opts), rooms };
    return adapter.doPublish({ ...signature, type: MessageType.SOCKETS_JOIN, data });
  };

  adapter.delSockets = (opts, rooms) => {
    Adapter.prototype.delSockets.call(adapter, opts, rooms);
    if (opts.flags?.local === true) return DONE;
    const data = { opts: encodeOptions(opts), rooms };
    return adapter.doPublish({ ...signature, type: MessageType.SOCKETS_LEAVE, data });
  };

  adapter.disconnectSockets = (opts, close) => {
    Adapter.prototype.disconnectSockets.call(adapter, opts, close);
    if (opts.flags?.local === true) return DONE;
    const data = { opts: encodeOptions(opts), close };
    return adapter.doPublish({ ...signature, type: MessageType.DISCONNECT_SOCKETS, data });
  };

  // Socket.IO does not handle its rejection, which would end the process.
  adapter.serverCount = () => countServers().catch(() => Math.max(1, membership.live.size));
}

const DONE = Promise.resolve();
