import type { BroadcastOptions } from "socket.io-adapter";

/** As the adapters of Socket.IO write them to each other. */
export function encodeOptions({ rooms, except, flags }: BroadcastOptions) {
  return { rooms: [...rooms], except: [...(except ?? [])], flags: flags ?? {} };
}
