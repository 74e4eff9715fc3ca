import type { BroadcastFlags } from "socket.io-adapter";
import type { LocalNamespace, Packet, WriteOptions } from "../routing/routing";
import { textFrame } from "./text-frame";

/** Writes an encoded packet to sockets; answers to how many. */
export function writePacket(
  namespace: Pick<LocalNamespace, "sockets">,
  ids: ReadonlySet<string>,
  packet: Packet,
  encoded: readonly unknown[],
  flags: BroadcastFlags,
): number {
  let written = 0;
  let options: WriteOptions | undefined;
  for (const id of ids) {
    const socket = namespace.sockets.get(id);
    if (socket === undefined) continue;
    options ??= optionsFor(encoded, flags);
    socket.notifyOutgoingListeners(packet);
    socket.client.writeToEngine(encoded, options);
    written += 1;
  }
  return written;
}

function optionsFor(encoded: readonly unknown[], { volatile, compress }: BroadcastFlags): WriteOptions {
  const [only] = encoded;
  if (encoded.length !== 1 || typeof only !== "string") return { preEncoded: true, volatile, compress };
  // "4" is Engine.IO's type of a message.
  return { preEncoded: true, volatile, compress, wsPreEncodedFrame: textFrame(`4${only}`) };
}

/** What an encoded event of Socket.IO's own parser begins with, without an id and without binary data. */
export function eventPrefix(namespace: string): string {
  return namespace === "/" ? "2[" : `2${namespace},[`;
}

/** The packet of an encoded event; parsed only when somebody looks at it. */
export function packetOf(namespace: string, encoded: string): Packet {
  let data: unknown;
  return {
    nsp: namespace,
    get data() {
      data ??= JSON.parse(encoded.slice(eventPrefix(namespace).length - 1));
      return data;
    },
  };
}
