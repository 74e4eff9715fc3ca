import { AsyncLocalStorage } from "node:async_hooks";
import type { ServerResponse } from "node:http";
import { mapRejections } from "@/lib/ops/map-rejections";

const RETRY_AFTER_SECONDS = 5;

/** The request under way, and whether something that it needs was away. */
const requests = new AsyncLocalStorage<{ unavailable: boolean }>();

/**
 * Runs what answers a request. Next answers 500 for every page that throws; one that failed because a use case was
 * `unavailable` is answered 503 with `Retry-After` instead: proxies and the service worker know what that means.
 */
export function answerUnavailable(response: ServerResponse, answer: () => Promise<void>): Promise<void> {
  const request = { unavailable: false };
  let status = response.statusCode;
  Object.defineProperty(response, "statusCode", {
    configurable: true,
    enumerable: true,
    get: () => status,
    set(asked: number) {
      const isAway = asked === 500 && request.unavailable;
      status = isAway ? 503 : asked;
      if (isAway && !response.headersSent) response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
    },
  });
  return requests.run(request, answer);
}

/** The same use cases; when one rejects with an error that says so, the request that asked is known to fail for that. */
export function noteUnavailable<T extends object>(
  useCases: T,
  isUnavailable: (error: unknown) => boolean,
): T {
  return mapRejections(useCases, (error) => {
    const request = requests.getStore();
    if (request !== undefined && isUnavailable(error)) request.unavailable = true;
    return error;
  });
}
