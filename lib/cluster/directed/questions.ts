import { type BroadcastOptions, MessageType } from "socket.io-adapter";
import { encodeOptions } from "../routing/encode-options";
import type { Packet } from "../routing/routing";
import type { NamespaceLink } from "./namespace-link";

/** How long other nodes may take to answer when no time-out is given; the other adapters of Socket.IO wait as long. */
const DEFAULT_TIMEOUT_MS = 5_000;

/**
 * Emits a packet that clients are to acknowledge on the other nodes that hold its rooms.
 *
 * @param ack called with what each client there answers.
 * @param complete called with the number of these clients when it is known: every node that was told has counted its own.
 * Not called when one does not count in time.
 * @throws when Redis does not say which nodes that are.
 */
export async function emitElsewhere(
  link: NamespaceLink,
  packet: Packet,
  opts: BroadcastOptions,
  { ack, complete }: { ack: (response: unknown) => void; complete: (clients: number) => void },
): Promise<void> {
  const data = { packet, opts: encodeOptions(opts) };
  let clients = 0;
  await link.ask(opts.rooms, (requestId) => ({ type: MessageType.BROADCAST, data: { ...data, requestId } }), {
    timeoutMs: opts.flags?.timeout ?? DEFAULT_TIMEOUT_MS,
    isAnswer: ({ type }) => type === MessageType.BROADCAST_CLIENT_COUNT,
    onResponse(response) {
      if (response.type === MessageType.BROADCAST_CLIENT_COUNT) clients += response.data.clientCount;
      if (response.type === MessageType.BROADCAST_ACK) ack(response.data.packet);
    },
    onAnswered(missing) {
      if (missing === 0) complete(clients);
    },
  });
}

/**
 * The sockets of the other nodes that hold one of the rooms, as Socket.IO describes them.
 *
 * @throws Error when one of these nodes does not answer in time, or Redis does not say which nodes that are.
 */
export async function fetchElsewhere(link: NamespaceLink, opts: BroadcastOptions): Promise<unknown[]> {
  const data = { opts: encodeOptions(opts) };
  const found: unknown[] = [];
  await new Promise<void>((resolve, reject) => {
    const question = (requestId: string) =>
      ({ type: MessageType.FETCH_SOCKETS, data: { ...data, requestId } }) as const;
    const asked = link.ask(opts.rooms, question, {
      timeoutMs: opts.flags?.timeout ?? DEFAULT_TIMEOUT_MS,
      isAnswer: () => true,
      onResponse(response) {
        if (response.type === MessageType.FETCH_SOCKETS_RESPONSE) found.push(...response.data.sockets);
      },
      onAnswered(missing) {
        if (missing === 0) resolve();
        else reject(new Error(`timeout reached: ${missing} nodes did not say which sockets they have`));
      },
    });
    asked.catch(reject);
  });
  return found;
}
