import type { IncomingMessage } from "node:http";
import type { ClientAddresses } from "./client-address";
import type { OriginCheck } from "./origin";

/** Why a request goes no further. */
export interface Refusal {
  status: 400 | 403 | 404 | 421;
  message: string;
}

/** Headers that steer Next from inside: from outside they would be believed. Next drops the rest of its own by itself. */
const INTERNAL_HEADERS = /^(x-middleware-|content-security-policy)/;
const FORWARDED_HEADERS = /^(forwarded$|x-forwarded-|x-real-ip$)/;
const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

function stripHeaders(request: IncomingMessage, trustForwarded: boolean): void {
  for (const name of Object.keys(request.headers)) {
    if (INTERNAL_HEADERS.test(name) || (!trustForwarded && FORWARDED_HEADERS.test(name))) {
      delete request.headers[name];
    }
  }
}

/**
 * A state-changing request that carries cookies must come from a page of ours. The sign-in routes are called by plain
 * clients as well, which send no `Origin`; their CSRF token stands in for it.
 */
function originIsWrong(request: IncomingMessage, isOurs: OriginCheck): boolean {
  if (SAFE_METHODS.has(request.method ?? "")) return false;
  const { origin, host, cookie } = request.headers;
  if (origin !== undefined) return !isOurs({ origin, host });
  return cookie !== undefined && !request.url?.startsWith("/api/auth/");
}

/**
 * What has to hold before a request reaches Next. Strips what only proxies or Next itself may say; answers why the
 * request is refused, or undefined when it may pass.
 */
export function createRequestGuard(options: {
  hostIsAllowed: (host: string | undefined) => boolean;
  originIsOurs: OriginCheck;
  addresses: ClientAddresses;
  publicUrl: string | undefined;
  /** Looks at every request as it came. */
  mark?: (request: IncomingMessage) => void;
}): (request: IncomingMessage) => Refusal | undefined {
  const publicUrl = options.publicUrl === undefined ? undefined : new URL(options.publicUrl);
  return (request) => {
    options.mark?.(request);
    if (!request.url?.startsWith("/")) return { status: 400, message: "The request target must be a path." };
    if (request.url.startsWith("/_next/image")) return { status: 404, message: "Not found." };
    if (!options.hostIsAllowed(request.headers.host)) {
      return {
        status: 421,
        message: "Homing does not answer to this host name; see PUBLIC_URL and ALLOWED_HOSTS.",
      };
    }
    if (originIsWrong(request, options.originIsOurs)) {
      return { status: 403, message: "This request comes from another site." };
    }
    const address = options.addresses.addressOf(request);
    stripHeaders(request, options.addresses.isTrustedProxy(request));
    request.headers["x-forwarded-for"] = address;
    if (publicUrl !== undefined) {
      request.headers["x-forwarded-host"] = publicUrl.host;
      request.headers["x-forwarded-proto"] = publicUrl.protocol.slice(0, -1);
    }
    return undefined;
  };
}
