import type { Authenticate } from "@/lib/auth/authenticate";
import type { UserId } from "@/lib/contract/ids";
import { KeyedRates } from "@/lib/domain/keyed-rates";
import { startLoop } from "@/lib/ops/loop";
import type { Traffic } from "@/lib/ops/metrics/traffic";
import type { Clock } from "@/lib/usecases/ports/environment";
import type { PeopleStore } from "@/lib/usecases/ports/people-store";
import type { PresenceRegistry } from "@/lib/usecases/ports/presence-registry";
import { admit } from "./admit";
import { startCredentialSweep } from "./credential-sweep";
import { atMost } from "./deadline";
import type { RealtimeUseCases } from "./define-handler";
import { createDispatcher } from "./dispatcher";
import type { RealtimeFanOut } from "./fan-out";
import { createHandshake } from "./handshake";
import { type LimitSettings, realtimeLimits } from "./limits";
import { type ListenOptions, listen } from "./listen";
import { createOnlineFeed } from "./online-feed";
import { startPresenceFeed } from "./presence-feed";
import { PresenceRefresh } from "./presence-refresh";
import { type ProlongSessionsOptions, startProlongingSessions } from "./prolong-sessions";
import { admitResumes } from "./resume-gate";
import { resyncWindow } from "./resync-window";
import { isUserRoom, userRoom } from "./rooms";
import { serveSocket } from "./serve-socket";

/** Connections that end get this long to take what was sent to them. */
const FAREWELL_MS = 500;
const HANDSHAKE_TIMEOUT_MS = 10_000;

export interface GatewayOptions extends ListenOptions {
  fanOut: RealtimeFanOut;
  useCases: RealtimeUseCases;
  authenticate: Authenticate;
  presence: PresenceRegistry;
  /** Which credentials have ended, for the sweep. */
  ended: PeopleStore["ended"];
  prolongSessions: ProlongSessionsOptions["prolongSessions"];
  limits: LimitSettings;
  clock: Clock;
  traffic: Traffic;
  sweepEveryMs?: number;
  prolongEveryMs?: number;
  /** How often people who are watched here are looked up; undefined where nothing that is told can get lost. */
  presenceRefreshMs?: number;
  handshakeTimeoutMs?: number;
}

/** The realtime side of a node. */
export interface Gateway {
  /** Open sockets here. */
  sockets(): number;
  /** Users with a socket here. */
  users(): number;
  /** Whether nobody is let in any more. */
  isDraining(): boolean;
  /** Whether this user has a socket here. */
  isHere(user: UserId): boolean;
  /** This node may have missed something: has every client here call `sync` again, spread over a while. */
  resync(reason: string): void;
  /**
   * Tells every client here to go to another node, and lets nobody in any more. Fulfilled when all have gone, at the
   * latest after `withinMs`. Where there is only one node they have nowhere to go: close it at once instead.
   */
  drain(withinMs: number): Promise<void>;
  /** Closes the connections that are still here, as a network would: their clients connect again. */
  dropAll(): void;
  /** Lets people in again after `drain`; not after `close`. */
  readmit(): void;
  /**
   * Lets nobody in any more, waits until the events under way are answered, closes every socket, notes who was last
   * seen now. Takes `withinMs` at most. The HTTP server stays its owner's to close.
   */
  close(withinMs: number): Promise<void>;
}

/** Attaches Socket.IO to the HTTP server and serves it from now on. */
export function createGateway(options: GatewayOptions): Gateway {
  const { io, fanOut, presence, useCases, log, counters, clock, traffic } = options;
  const now = () => performance.now();
  const limits = realtimeLimits(options.limits);
  const closing = new AbortController();
  let isDraining = false;
  let users = 0;
  io.of("/").adapter.on("create-room", (room: string) => {
    if (isUserRoom(room)) users += 1;
  });
  io.of("/").adapter.on("delete-room", (room: string) => {
    if (isUserRoom(room)) users -= 1;
  });

  const rates = limits && { limits, users: new KeyedRates<UserId>(limits.eventsOfUser) };
  const dispatcher = createDispatcher({ log, counters, traffic });
  const onlineFeed = createOnlineFeed({ listOnline: useCases.presence.listOnline, fanOut, log });
  const presenceFeed = startPresenceFeed({
    registry: presence,
    noteOffline: useCases.presence.noteOffline,
    fanOut,
    log,
  });
  presence.onChange(() => onlineFeed.changed());

  const connections = listen(options, { limits, now, isClosed: () => closing.signal.aborted });
  const handshake = createHandshake({
    ...options,
    caps: limits && { perUser: limits.socketsPerUser, perAddress: limits.socketsPerAddress, connections },
    isDraining: () => isDraining,
    random: Math.random,
    timeoutMs: options.handshakeTimeoutMs ?? HANDSHAKE_TIMEOUT_MS,
  });
  admit(io, handshake, { log, counters });
  const { conversations } = useCases;
  const admitted = { ...conversations, sync: admitResumes(conversations.sync, Math.random) };
  const services = {
    useCases: { ...useCases, conversations: admitted },
    presence,
    onlineFeed,
    dispatcher,
    rates,
    clock,
    now,
  };
  io.on("connection", (socket) => serveSocket(socket, services));

  const { signal } = closing;
  const presenceRefresh = new PresenceRefresh({
    rooms: () => io.of("/").adapter.rooms.keys(),
    standingOf: useCases.presence.standingOf,
    fanOut,
  });
  const onRefreshError = (error: unknown) => log.warn({ err: error }, "could not look up who is there");
  const refreshMs = options.presenceRefreshMs;
  const loops = Promise.all([
    refreshMs !== undefined &&
      startLoop({ every: refreshMs, longestPause: refreshMs, signal, onError: onRefreshError }, () =>
        presenceRefresh.look(),
      ),
    startCredentialSweep({
      ...options,
      signal,
      ...(options.sweepEveryMs === undefined ? {} : { everyMs: options.sweepEveryMs }),
    }),
    startProlongingSessions({
      ...options,
      signal,
      ...(options.prolongEveryMs === undefined ? {} : { everyMs: options.prolongEveryMs }),
    }),
  ]);

  return {
    sockets: () => io.of("/").sockets.size,
    users: () => users,
    isDraining: () => isDraining,
    isHere: (user) => io.of("/").adapter.rooms.has(userRoom(user)),
    resync(reason) {
      log.warn(
        { reason, sockets: io.of("/").sockets.size },
        "something may have been missed: clients fetch anew",
      );
      counters.resyncs += 1;
      fanOut.resync(reason, resyncWindow(io.of("/").sockets.size));
      presenceRefresh.mistrust();
    },

    async drain(withinMs) {
      isDraining = true;
      fanOut.drain(withinMs);
      await atMost(withinMs, connections.empty());
    },

    dropAll() {
      for (const socket of io.of("/").sockets.values()) socket.conn.close();
    },

    readmit() {
      isDraining = closing.signal.aborted;
    },

    async close(withinMs) {
      const end = now() + withinMs;
      const left = () => Math.max(0, end - now());
      isDraining = true;
      closing.abort();
      onlineFeed.stop();
      await dispatcher.idle(left());
      io.local.disconnectSockets(true);
      await atMost(Math.min(FAREWELL_MS, left()), connections.empty());
      io.engine.close();
      await atMost(left(), presence.close());
      await presenceFeed.stop(left());
      await atMost(left(), loops);
    },
  };
}
