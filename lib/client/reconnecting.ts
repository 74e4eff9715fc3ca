import { retryDelay } from "./backoff";
import type { StoppableClock } from "./clock";

export interface ReconnectingOptions {
  clock: StoppableClock;
  /** A try that got no answer in this many milliseconds is given up. */
  handshakeMs: number;
  /** Begins one try; `connected` or `lost` says how it ended. */
  try(attempt: number): void;
  giveUp(): void;
}

export interface Reconnecting {
  start(): void;
  stop(): void;
  connected(): void;
  /** The try failed or the connection is gone: the next try comes after the back-off, or when the server said so. */
  lost(retryAfterMs?: number): void;
  nudge(): void;
  settled(): void;
}

/** When to try again. One try at a time, none while connected. */
export function createReconnecting(options: ReconnectingOptions): Reconnecting {
  const { clock } = options;
  let state: "stopped" | "waiting" | "trying" | "connected" = "stopped";
  let attempt = 0;
  let callOff: (() => void) | undefined;

  const enter = (next: typeof state, milliseconds?: number, then?: () => void) => {
    callOff?.();
    callOff = milliseconds === undefined || then === undefined ? undefined : clock.after(milliseconds, then);
    state = next;
  };
  const go = () => {
    enter("trying", options.handshakeMs, giveUp);
    options.try(attempt);
  };
  const wait = (milliseconds: number) => {
    enter("waiting", milliseconds, go);
    attempt += 1;
  };
  const giveUp = () => {
    wait(retryDelay(attempt, clock.random()));
    options.giveUp();
  };

  return {
    start() {
      if (state === "stopped") go();
    },
    stop() {
      enter("stopped");
      attempt = 0;
    },
    connected() {
      if (state !== "stopped") enter("connected");
    },
    lost(retryAfterMs) {
      if (state === "trying" || state === "connected")
        wait(retryAfterMs ?? retryDelay(attempt, clock.random()));
    },
    nudge() {
      if (state === "waiting") go();
    },
    settled() {
      attempt = 0;
    },
  };
}
