import type { IncomingMessage } from "node:http";
import type { Authenticate } from "@/lib/auth/authenticate";
import { Gate } from "@/lib/auth/gate";
import { handshakeAuth } from "@/lib/contract/handshake";
import { HomingError, isHomingError } from "@/lib/domain/homing-error";
import type { Logger } from "@/lib/ops/log";
import type { Actor } from "@/lib/usecases/actor";
import type { Connections } from "./connections";
import { handshakeOrigin, type OriginCheck } from "./handshake-origin";
import { parsePayload } from "./parse-payload";
import { userRoom } from "./rooms";
import type { RealtimeServer, RealtimeSocket } from "./socket-server";

export interface HandshakeOptions {
  io: RealtimeServer;
  authenticate: Authenticate;
  originIsOurs: OriginCheck;
  addressOf: (request: IncomingMessage) => string;
  /** Undefined: not counted. */
  caps: { perUser: number; perAddress: number; connections: Pick<Connections, "count"> } | undefined;
  isDraining: () => boolean;
  log: Logger;
  random: () => number;
  /** How long the check may take, its turn in the queue included, before the client is told to come back. */
  timeoutMs: number;
}

type Proof = Parameters<Authenticate>[0];

/** So many handshakes ask the database at once; the others wait in line, so that a storm of them stays harmless. */
const CONCURRENT = 8;
const LONGEST_QUEUE = 20_000;

/**
 * Decides who a new socket belongs to.
 *
 * @returns a function that gives the actor or rejects with the HomingError to refuse it with: `unavailable` and
 * `rate_limited` carry a random wait, so that those who were refused together do not come back together.
 */
export function createHandshake(options: HandshakeOptions): (socket: RealtimeSocket) => Promise<Actor> {
  const { caps } = options;
  const gate = new Gate({ parallel: CONCURRENT, mostWaiting: LONGEST_QUEUE });
  const retryLater = (code: "unavailable" | "rate_limited", message: string, cause?: unknown) =>
    new HomingError(code, message, { retryAfterMs: Math.round(1_000 + 4_000 * options.random()), cause });

  const identify = async (socket: RealtimeSocket, proof: Proof): Promise<Actor | undefined> => {
    const giveUpAt = performance.now() + options.timeoutMs;
    // Whoever went away or was told to come back while waiting in line is not worth a query.
    const isWaiting = () => socket.conn.readyState === "open" && performance.now() < giveUpAt;
    const ask = async () => (isWaiting() ? options.authenticate(proof) : undefined);
    try {
      return await within(options.timeoutMs, gate.run(ask));
    } catch (error) {
      if (!isHomingError(error)) options.log.error({ err: error }, "a handshake could not be checked");
      if (isHomingError(error) && error.code !== "unavailable") throw error;
      throw retryLater("unavailable", "The server cannot check who you are now.", error);
    }
  };

  /** The connection that asks is counted already. */
  const addressIsFull = (socket: RealtimeSocket) =>
    caps !== undefined && caps.connections.count(options.addressOf(socket.request)) > caps.perAddress;

  return async (socket) => {
    const { token, device } = parsePayload(handshakeAuth, socket.handshake.auth);
    if (options.isDraining()) throw retryLater("unavailable", "The server is going away.");
    if (addressIsFull(socket)) {
      throw retryLater("rate_limited", "This address has too many connections.");
    }
    const actor = await identify(socket, proofOf(socket, token, options.originIsOurs));
    if (actor === undefined) throw new HomingError("unauthenticated", "Sign in first.");
    if (caps !== undefined && openSockets(options.io, actor) >= caps.perUser) {
      throw retryLater("rate_limited", "You have too many connections.");
    }
    return device === undefined ? actor : { ...actor, device };
  };
}

/** Cookies come along from any page, so they prove something only where the page is known to be ours. */
function proofOf(socket: RealtimeSocket, token: string | undefined, originIsOurs: OriginCheck): Proof {
  if (token !== undefined) return { token, cookieHeader: undefined };
  const cookieHeader = socket.request.headers.cookie;
  if (cookieHeader !== undefined && handshakeOrigin(socket.request, originIsOurs) !== "ours") {
    throw new HomingError("forbidden", "Cookies are accepted from pages of this site only.");
  }
  return { token: undefined, cookieHeader };
}

function openSockets(io: RealtimeServer, actor: Actor): number {
  return io.of("/").adapter.rooms.get(userRoom(actor.id))?.size ?? 0;
}

/** Rejects when `work` takes longer; what it comes to then is nobody's business any more. */
function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new HomingError("unavailable", "It took too long.")), ms);
    timer.unref();
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
