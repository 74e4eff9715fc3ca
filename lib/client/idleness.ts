import type { HandshakeAuth } from "@/lib/contract/handshake";
import type { Call } from "./call";
import type { StoppableClock } from "./clock";

/** So long without a sign of a person, and nobody is there. */
const IDLE_MS = 5 * 60_000;
const RETRY_MS = 5_000;

/** Whether somebody is at this page, and that the server knows. What all pages of a user say together is its to find out. */
export interface Idleness {
  /** Begins to watch. */
  start(): void;
  stop(): void;
  /** What the next handshake says of it. */
  handshake(): Pick<HandshakeAuth, "idle">;
  /** The handshake passed; something may have changed since. */
  connected(): void;
}

export function createIdleness(options: {
  clock: StoppableClock;
  call: Call;
  isConnected(): boolean;
  /** Calls with every sign of a person, until what it returns is called. Undefined where no person is to be seen. */
  watch(sign: () => void): (() => void) | undefined;
}): Idleness {
  const { clock, call, isConnected } = options;
  let isIdle = false;
  /** What the server knows. */
  let told = false;
  let isTelling = false;
  let lastSign = clock.now();
  let unwatch: (() => void) | undefined;

  const tell = async () => {
    if (isTelling || told === isIdle || !isConnected()) return;
    isTelling = true;
    const idle = isIdle;
    const answer = await call("presence:set", { idle });
    isTelling = false;
    // A node of an older version does not know the event, and will not when it is asked again.
    if (answer.ok || answer.error.code === "bad_request") told = idle;
    if (answer.ok) void tell();
    else if (told !== isIdle) clock.after(answer.error.retryAfterMs ?? RETRY_MS, () => void tell());
  };

  /** Signs come by the hundred: they only note the time, and the timer finds out how long ago the last one was. */
  const look = () => {
    const left = lastSign + IDLE_MS - clock.now();
    if (left > 0) clock.after(Math.min(left, IDLE_MS), look);
    else {
      isIdle = true;
      void tell();
    }
  };

  const sign = () => {
    lastSign = clock.now();
    if (!isIdle) return;
    isIdle = false;
    look();
    void tell();
  };

  return {
    start() {
      if (unwatch !== undefined) return;
      unwatch = options.watch(sign);
      if (unwatch === undefined) return;
      lastSign = clock.now();
      look();
    },
    stop() {
      unwatch?.();
      unwatch = undefined;
    },
    handshake() {
      told = isIdle;
      return isIdle ? { idle: true } : {};
    },
    connected: () => void tell(),
  };
}
