import type { ErrorBody } from "@/lib/contract/errors";
import { HomingError, isHomingError } from "@/lib/domain/homing-error";
import type { Logger } from "@/lib/ops/log";
import type { Actor } from "@/lib/usecases/actor";
import type { Counters } from "./counters";
import { credentialRoom, userRoom } from "./rooms";
import type { RealtimeServer, RealtimeSocket } from "./socket-server";

/** A connection may try this often: a client that was refused opens a new one. */
const TRIES = 5;

/** Socket.IO hands `data` to the client as `err.data` of its `connect_error`. */
class Refusal extends Error {
  readonly data: ErrorBody;

  constructor(body: ErrorBody) {
    super(body.message);
    this.data = body;
  }
}

/** Lets in whom `handshake` knows, and tells the others why not. */
export function admit(
  io: RealtimeServer,
  handshake: (socket: RealtimeSocket) => Promise<Actor>,
  { log, counters }: { log: Logger; counters: Counters },
): void {
  const tries = new WeakMap<object, number>();

  const refuse = (error: unknown): Refusal => {
    counters.handshakesRefused += 1;
    if (isHomingError(error)) return new Refusal(error.toBody());
    counters.unexpectedErrors += 1;
    log.error({ err: error }, "a handshake failed");
    const body = new HomingError("unavailable", "Something went wrong.", { retryAfterMs: 5_000 }).toBody();
    return new Refusal(body);
  };

  io.use((socket, next) => {
    const tried = (tries.get(socket.conn) ?? 0) + 1;
    tries.set(socket.conn, tried);
    if (tried > TRIES) socket.conn.close();
    handshake(socket)
      .then(async (actor) => {
        socket.data.actor = actor;
        // Connected is who can be found: what is emitted from then on, on any node, arrives.
        await socket.join([userRoom(actor.id), credentialRoom(actor.credential.id)]);
        counters.handshakesAccepted += 1;
      })
      .then(
        () => next(),
        (error: unknown) => next(refuse(error)),
      );
  });
}
