import type { Logger } from "./log";

/**
 * What is stopped when, each phase after the one before: no new clients; those that are here move away; connections
 * close; loops and running work end; the other nodes are left; the database is left; the embedded PostgreSQL stops.
 */
const PHASES = ["readiness", "drain", "sockets", "work", "cluster", "database", "embedded"] as const;
export type ShutdownPhase = (typeof PHASES)[number];

/** The part of `process` that the lifecycle uses. */
export type HostProcess = Pick<NodeJS.EventEmitter, "on" | "off" | "listeners">;

export interface Lifecycle {
  /** Aborts when the shutdown begins. Its reason is a text. */
  readonly signal: AbortSignal;
  /** Adds what is to be done in a phase; the entries of one phase run at the same time. Errors are logged, the rest goes on. */
  onShutdown(phase: ShutdownPhase, name: string, stop: () => Promise<void> | void): void;
  /**
   * Adds what is still being started, so that a shutdown in the middle of it leaves nothing behind: the phase waits until
   * the start, which `signal` should cut short, has ended, and stops what came of it. A start that failed is its
   * caller's to tell. Gives the same promise back.
   */
  starting<T>(
    phase: ShutdownPhase,
    name: string,
    start: Promise<T>,
    stop: (started: T) => Promise<void> | void,
  ): Promise<T>;
  /**
   * Runs the phases in order, once, then ends the process with `exitCode`. Repeated calls join the first one.
   * What is not done after the deadline is left, and the process ends with 1.
   */
  shutdown(reason: string, exitCode?: number): Promise<void>;
  /**
   * Shuts down on SIGINT, SIGTERM, SIGHUP (exit code 0) and on errors that nobody caught (1). A second signal, at least a
   * second after the first, ends the process at once. Returns what undoes it.
   */
  listen(host: HostProcess): () => void;
  /** Removes the handlers of others for uncaught exceptions: Next installs some that swallow them. Call after `app.prepare()`. */
  removeForeignHandlers(host: HostProcess): void;
}

export interface LifecycleOptions {
  readonly log: Logger;
  /** Milliseconds for all phases together. */
  readonly deadlineMs: number;
  readonly exit: (code: number) => void;
  /** Milliseconds on a clock that never goes back. */
  readonly now?: () => number;
}

interface Entry {
  readonly phase: ShutdownPhase;
  readonly name: string;
  readonly stop: () => Promise<void> | void;
}

/** Makes the ordered shutdown of a process; see {@link Lifecycle}. */
export function createLifecycle(options: LifecycleOptions): Lifecycle {
  const { log, deadlineMs, exit, now = () => performance.now() } = options;
  const abort = new AbortController();
  const entries: Entry[] = [];
  const uncaught = uncaughtHandlers(log, (reason) => shutdown(reason, 1));
  let stopping: Promise<void> | undefined;

  function shutdown(reason: string, exitCode = 0): Promise<void> {
    stopping ??= run(reason, exitCode);
    return stopping;
  }

  async function run(reason: string, exitCode: number): Promise<void> {
    log.info({ reason }, "stopping");
    const deadline = setTimeout(() => {
      log.error({ deadlineMs }, "not stopped in time, ending now");
      exit(1);
    }, deadlineMs);
    deadline.unref();
    abort.abort(reason);
    for (const phase of PHASES) {
      await Promise.all(entries.filter((entry) => entry.phase === phase).map((entry) => stopOne(log, entry)));
    }
    clearTimeout(deadline);
    log.info("stopped");
    exit(exitCode);
  }

  let firstSignalAt: number | undefined;

  function onSignal(name: NodeJS.Signals): void {
    firstSignalAt ??= now();
    if (stopping === undefined) void shutdown(name);
    else if (now() - firstSignalAt >= SAME_KEY_MS) {
      log.warn({ signal: name }, "second signal, ending now");
      exit(1);
    }
  }

  return {
    signal: abort.signal,
    shutdown,
    onShutdown: (phase, name, stop) => void entries.push({ phase, name, stop }),
    starting(phase, name, start, stop) {
      entries.push({ phase, name, stop: () => start.then(stop, () => undefined) });
      return start;
    },
    listen(host) {
      for (const name of SIGNALS) host.on(name, onSignal);
      for (const [event, handler] of uncaught) host.on(event, handler);
      return () => {
        for (const name of SIGNALS) host.off(name, onSignal);
        for (const [event, handler] of uncaught) host.off(event, handler);
      };
    },
    removeForeignHandlers(host) {
      const own = new Set(uncaught.map(([, handler]) => handler));
      for (const listener of host.listeners("uncaughtException")) {
        // The type of listeners() says no more than "a function"; off() compares it by identity only.
        const handler = listener as UncaughtHandler;
        if (!own.has(handler)) host.off("uncaughtException", handler);
      }
    },
  };
}

/** Ctrl-C under `npm run` comes twice, from the terminal and from npm: that is still one wish. */
const SAME_KEY_MS = 1_000;

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

async function stopOne(log: Logger, { phase, name, stop }: Entry): Promise<void> {
  try {
    await stop();
  } catch (error) {
    log.error({ err: error, phase, name }, "failed while stopping");
  }
}

type UncaughtHandler = (error: unknown) => void;
type UncaughtEvent = "uncaughtException" | "unhandledRejection";

function uncaughtHandlers(log: Logger, shutdown: (reason: string) => Promise<void>) {
  const handler = (event: UncaughtEvent) => (error: unknown) => {
    log.fatal({ err: error, event }, "an error that nobody caught");
    void shutdown(event);
  };
  const events: readonly UncaughtEvent[] = ["uncaughtException", "unhandledRejection"];
  return events.map((event) => [event, handler(event)] as const);
}
