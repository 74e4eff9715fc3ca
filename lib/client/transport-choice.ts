import type { Clock } from "./clock";

/** A WebSocket that is over so soon was ended by something on the way. */
const SHORT_LIFE_MS = 5_000;
/** So many in a row: one alone happens on any flaky network. */
const SHORT_LIVES = 2;
/** How long it is then done without them, at first; doubled whenever the next one ends as soon. */
const WITHOUT_MS = 5 * 60_000;
const LONGEST_WITHOUT_MS = 60 * 60_000;

/** What one try to connect may use, the first of them first. */
export interface Transports {
  transports: ("websocket" | "polling")[];
  /** Whether long polling is exchanged for a WebSocket as soon as one opens. */
  upgrade: boolean;
}

export interface TransportChoice {
  next(attempt: number): Transports;
  /** A WebSocket carries the connection from now on. */
  webSocketOpened(): void;
  /** The connection is over; `meant`: by one of both sides, not by what lies between them. */
  over(meant: boolean): void;
}

/**
 * How to connect where something on the way dislikes WebSockets. One that swallows them without a word: every other try
 * goes the other way round. One that lets them open and then ends them: after two short lives in a row long polling alone
 * is used, for some minutes, and never for ever; `retry` is called when WebSockets are worth another try.
 */
export function createTransportChoice(
  clock: Pick<Clock, "now" | "after">,
  retry: () => void,
): TransportChoice {
  let openedAt: number | undefined;
  let shortLives = 0;
  let withoutMs = WITHOUT_MS;
  let isWithout = false;

  const doWithout = () => {
    isWithout = true;
    clock.after(withoutMs, () => {
      isWithout = false;
      retry();
    });
    withoutMs = Math.min(2 * withoutMs, LONGEST_WITHOUT_MS);
    // The next one that ends as soon is enough.
    shortLives = SHORT_LIVES - 1;
  };

  return {
    next(attempt) {
      if (isWithout) return { transports: ["polling"], upgrade: false };
      const webSocketFirst = attempt % 2 === 0;
      return {
        transports: webSocketFirst ? ["websocket", "polling"] : ["polling", "websocket"],
        upgrade: true,
      };
    },
    webSocketOpened() {
      openedAt = clock.now();
    },
    over(meant) {
      if (openedAt === undefined) return;
      const wasShort = clock.now() - openedAt < SHORT_LIFE_MS;
      openedAt = undefined;
      if (!wasShort) {
        shortLives = 0;
        withoutMs = WITHOUT_MS;
      } else if (!meant) {
        shortLives += 1;
        if (shortLives >= SHORT_LIVES) doWithout();
      }
    },
  };
}
