import { Manager, type Socket } from "socket.io-client";
import type { Answer, ClientEventName, ClientResults } from "@/lib/contract/client-events";
import type { ErrorBody } from "@/lib/contract/errors";
import type { HandshakeAuth } from "@/lib/contract/handshake";
import type { ServerEvents } from "@/lib/contract/server-events";
import { type Call, unavailable } from "./call";
import type { StoppableClock } from "./clock";
import { createReconnecting } from "./reconnecting";
import { createTransportChoice } from "./transport-choice";

/** No answer within this time counts as `unavailable`. */
const ANSWER_MS = 10_000;
/** A handshake that takes longer is given up and tried again, over the other transport first. */
const HANDSHAKE_MS = 8_000;
/** How Socket.IO calls the end of a connection that neither side meant and that nobody had to wait for. */
const CUT: ReadonlySet<string> = new Set(["transport close", "transport error"]);

export interface ConnectionOptions {
  /** Origin of the server; the session cookie says who it is, or `auth.token`. */
  url: string;
  /** Asked anew for every handshake. */
  auth(): HandshakeAuth;
  clock: StoppableClock;
  /** Connected: events and calls work. What was missed meanwhile is not known yet. */
  onConnect(): void;
  /** Not connected any more, or still not. `planned`: on the way to another node, and likely back at once. */
  onLoss(planned: boolean): void;
  /** The server refuses this session for good. */
  onRefused(): void;
}

export interface Connection {
  readonly connected: boolean;
  readonly call: Call;
  /** Like `call`, with a bound in milliseconds of its own. */
  ask(milliseconds: number): Call;
  on<E extends keyof ServerEvents>(event: E, listener: (payload: ServerEvents[E]) => void): void;
  /** Connects, and again after every loss, until `close`. */
  open(): void;
  close(): void;
  /** A good moment: tries at once when it was waiting to. */
  nudge(): void;
  /** Leaves this node for another (or the same) one. */
  reconnect(): void;
  /** The connection works in full: the next loss is answered quickly again. */
  settled(): void;
}

/** One Socket.IO connection, held with our own back-off; in the browser the path is Socket.IO's default, `/socket.io`. */
export function createConnection(options: ConnectionOptions): Connection {
  const { clock } = options;
  const manager = new Manager(options.url, {
    autoConnect: false,
    reconnection: false,
    withCredentials: true,
    timeout: HANDSHAKE_MS,
    tryAllTransports: true,
  });
  const socket = manager.socket("/", { auth: (give) => give(options.auth()) });
  let leaving = false;
  const choice = createTransportChoice(clock, reconnect);
  const reconnecting = createReconnecting({ clock, handshakeMs: 2 * HANDSHAKE_MS, try: tryOnce, giveUp });

  function tryOnce(attempt: number): void {
    Object.assign(manager.opts, choice.next(attempt));
    socket.connect();
    const { engine } = manager;
    const noteTransport = (transport: { name: string }) => {
      if (transport.name === "websocket") choice.webSocketOpened();
    };
    // Until it is open Socket.IO listens for errors only: for a transport that just closes it waits until its time-out.
    const closedEarly = (reason: string) => {
      if (reason !== "transport close") return;
      noteTransport(engine.transport);
      lost(false);
      socket.disconnect();
    };
    engine.once("close", closedEarly);
    engine.once("open", () => {
      engine.off("close", closedEarly);
      noteTransport(engine.transport);
    });
    engine.once("upgrade", noteTransport);
  }
  function lost(meant: boolean): void {
    choice.over(meant);
    options.onLoss(leaving);
    reconnecting.lost();
  }
  function giveUp(): void {
    socket.disconnect();
    options.onLoss(false);
  }

  function reconnect(): void {
    if (!socket.connected) return;
    leaving = true;
    socket.disconnect();
    leaving = false;
    reconnecting.nudge();
  }

  socket.on("connect", () => {
    reconnecting.connected();
    options.onConnect();
  });
  socket.on("disconnect", (reason) => lost(!CUT.has(reason)));
  socket.on("connect_error", (error) => {
    const body = errorIn(error);
    if (body?.code === "unauthenticated") {
      reconnecting.stop();
      options.onRefused();
    } else {
      options.onLoss(false);
      reconnecting.lost(body?.retryAfterMs);
    }
  });

  return {
    get connected() {
      return socket.connected;
    },
    call: askWithin(socket, ANSWER_MS),
    ask: (milliseconds) => askWithin(socket, milliseconds),
    on(event, listener) {
      socket.on<string>(event, listener);
    },
    open: reconnecting.start,
    close() {
      reconnecting.stop();
      socket.disconnect();
    },
    nudge: reconnecting.nudge,
    reconnect,
    settled: reconnecting.settled,
  };
}

function askWithin(socket: Socket, milliseconds: number): Call {
  return async (event, payload) => {
    // Socket.IO would keep it and send it after the next connect: too late for the caller to know of
    if (!socket.connected) return unavailable("Not connected.");
    try {
      const answer: unknown = await socket.timeout(milliseconds).emitWithAck(event, payload);
      return isAnswerTo(event, answer) ? answer : unavailable("The server's answer makes no sense.");
    } catch (error) {
      return unavailable(error instanceof Error ? error.message : "No answer.");
    }
  };
}

/** The server is ours and its answers are checked by its own types; this only tells an answer from something else. */
function isAnswerTo<E extends ClientEventName>(_event: E, value: unknown): value is Answer<ClientResults[E]> {
  return typeof value === "object" && value !== null && "ok" in value;
}

function errorIn(error: Error & { data?: unknown }): Partial<ErrorBody> | undefined {
  const { data } = error;
  return typeof data === "object" && data !== null ? data : undefined;
}
