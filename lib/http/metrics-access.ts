import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Set by {@link MetricsAccess.mark} alone; what came from outside under this name is dropped. */
const LOCAL_HEADER = "x-homing-local";
const FORWARDED = /^(forwarded$|x-forwarded-|x-real-ip$|via$)/;
const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;
const LOOPBACK_PEER = /^(::ffff:)?127\.|^::1$/;

/** Who may read the metrics: they tell nothing of what people write, but how many are there and what goes wrong. */
export interface MetricsAccess {
  /** Notes on a request, before anything else reads it, whether it comes straight from a program on this machine. */
  mark(request: IncomingMessage): void;
  /** Whether the request with these headers, which was marked, may read. */
  allows(headers: { get(name: string): string | null }): boolean;
}

/**
 * With a token: whoever has it. Without one: programs on this machine, and not while a public address is set. A proxy on
 * this machine would pass for such a program if it neither kept the Host nor said for whom it asks; people could not sign
 * in through such a proxy, unless the public address is set.
 */
export function createMetricsAccess(options: {
  token: string | undefined;
  publicUrl: string | undefined;
}): MetricsAccess {
  const { token, publicUrl } = options;
  const wanted = token === undefined ? undefined : digest(`Bearer ${token}`);
  const isOpenHere = wanted === undefined && publicUrl === undefined;
  return {
    mark(request) {
      delete request.headers[LOCAL_HEADER];
      if (isOpenHere && isLocal(request)) request.headers[LOCAL_HEADER] = "1";
    },
    allows(headers) {
      if (wanted === undefined) return headers.get(LOCAL_HEADER) === "1";
      return timingSafeEqual(wanted, digest(headers.get("authorization") ?? ""));
    },
  };
}

/** Of one length, so that the comparison takes the same time whatever is compared. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function isLocal({ socket, headers }: IncomingMessage): boolean {
  return (
    LOOPBACK_PEER.test(socket.remoteAddress ?? "") &&
    LOOPBACK_HOST.test(headers.host ?? "") &&
    !Object.keys(headers).some((name) => FORWARDED.test(name))
  );
}
