import type { IncomingMessage } from "node:http";

/** Whether an `Origin` is a page of this server. */
export type OriginCheck = (request: { origin: string | undefined; host: string | undefined }) => boolean;

/** Where a handshake comes from: a page of ours, a page of somebody else, or a program (or a page that hides it). */
export type HandshakeOrigin = "ours" | "foreign" | "unproven";

/**
 * WebSockets always carry `Origin`. The first request of long polling is a GET, for which browsers leave it out on their
 * own site: `Sec-Fetch-Site`, or `Referer` where that is missing too, says the same, and no page can forge either.
 */
export function handshakeOrigin(request: IncomingMessage, isOurs: OriginCheck): HandshakeOrigin {
  const { origin, host, referer } = request.headers;
  if (origin !== undefined) return isOurs({ origin, host }) ? "ours" : "foreign";
  const site = request.headers["sec-fetch-site"];
  if (site === "same-origin") return "ours";
  if (site === "cross-site" || site === "same-site") return "foreign";
  if (referer === undefined || !URL.canParse(referer)) return "unproven";
  return isOurs({ origin: new URL(referer).origin, host }) ? "ours" : "foreign";
}
