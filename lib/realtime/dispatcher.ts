import type { ErrorBody } from "@/lib/contract/errors";
import { HomingError, isHomingError } from "@/lib/domain/homing-error";
import type { Logger } from "@/lib/ops/log";
import type { Traffic } from "@/lib/ops/metrics/traffic";
import type { Counters } from "./counters";
import { atMost } from "./deadline";
import type { HandlerContext } from "./define-handler";
import { handlerOf } from "./event-handlers";

/** Events under way at this node: beyond, they are refused, so that memory stays flat while the database is slow. */
const MOST_UNDER_WAY = 10_000;

/** Counts an event of this socket; the milliseconds that it has to wait, 0 when it may go on. */
export type RateCheck = () => number;

export interface Dispatcher {
  /**
   * Handles one event of a socket and answers exactly once, when there is an acknowledgement to answer by. Never throws
   * and never rejects, whatever the client sent.
   */
  receive(context: HandlerContext, waitFor: RateCheck, event: unknown, args: readonly unknown[]): void;
  /** Fulfilled when no event is under way, at the latest after `withinMs`. */
  idle(withinMs: number): Promise<void>;
}

type Answer = { ok: true } | { ok: false; error: ErrorBody };

export function createDispatcher(report: { log: Logger; counters: Counters; traffic: Traffic }): Dispatcher {
  const { log, counters, traffic } = report;
  let underWay = 0;
  const waiting = new Set<() => void>();
  traffic.queues.set("events", () => underWay);

  const refuse = (error: unknown, event: unknown, context: HandlerContext): Answer => {
    if (isHomingError(error)) {
      counters.eventsRefused += 1;
      return { ok: false, error: error.toBody() };
    }
    counters.unexpectedErrors += 1;
    log.error({ err: error, event, userId: context.actor.id }, "an event failed");
    // Its fate is unknown, which is what `unavailable` says; what went wrong is nobody's business outside.
    const body = new HomingError("unavailable", "Something went wrong.", { retryAfterMs: 2_000 }).toBody();
    return { ok: false, error: body };
  };

  /** Throws or rejects. */
  const handle = (
    context: HandlerContext,
    waitFor: RateCheck,
    event: unknown,
    payloads: readonly unknown[],
  ) => {
    const wait = waitFor();
    if (wait > 0) throw new HomingError("rate_limited", "Too many at once.", { retryAfterMs: wait });
    const handler = handlerOf(event);
    if (handler === undefined) throw new HomingError("bad_request", "There is no such event.");
    if (payloads.length !== 1) {
      throw new HomingError("bad_request", "An event takes one object and an acknowledgement.");
    }
    if (underWay > MOST_UNDER_WAY) {
      throw new HomingError("unavailable", "The server is busy.", { retryAfterMs: 2_000 });
    }
    return handler(context, payloads[0]);
  };

  const settle = () => {
    underWay -= 1;
    if (underWay > 0) return;
    for (const done of waiting) done();
    waiting.clear();
  };

  return {
    receive(context, waitFor, event, args) {
      const { payloads, answer } = split(args);
      const startedAt = performance.now();
      underWay += 1;
      const finish = (given: Answer) => {
        try {
          answer(given);
          const name = handlerOf(event) === undefined ? "unknown" : String(event);
          traffic.event(name, given.ok ? "ok" : given.error.code, performance.now() - startedAt);
        } catch (error) {
          log.error({ err: error, event }, "an answer failed");
        } finally {
          settle();
        }
      };
      // One promise and no more: every message passes here, and Next has each of them tracked for its own contexts.
      begin(() => handle(context, waitFor, event, payloads)).then(
        (result) => {
          counters.eventsAccepted += 1;
          finish({ ...result, ok: true });
        },
        (error: unknown) => finish(refuse(error, event, context)),
      );
    },

    async idle(withinMs) {
      if (underWay > 0) await atMost(withinMs, new Promise<void>((resolve) => waiting.add(resolve)));
    },
  };
}

/** Functions cannot come over the wire: the only one there can be is Socket.IO's acknowledgement, the last argument. */
function split(args: readonly unknown[]): { payloads: unknown[]; answer: (answer: Answer) => void } {
  const last = args.at(-1);
  if (typeof last !== "function") return { payloads: [...args], answer: () => undefined };
  return { payloads: args.slice(0, -1), answer: (answer) => last(answer) };
}

function begin<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return work();
  } catch (error) {
    return Promise.reject(error);
  }
}
