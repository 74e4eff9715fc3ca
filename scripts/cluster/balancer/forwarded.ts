import type { IncomingMessage } from "node:http";

const FORWARDED = /^(forwarded$|x-forwarded-|x-real-ip$)/;

/** Says who asked and for what host, and takes away what the client may have said of that itself. */
export function setForwarded(request: IncomingMessage): void {
  for (const name of Object.keys(request.headers)) {
    if (FORWARDED.test(name)) delete request.headers[name];
  }
  request.headers["x-forwarded-for"] = request.socket.remoteAddress ?? "";
  request.headers["x-forwarded-host"] = request.headers.host ?? "";
  request.headers["x-forwarded-proto"] = "http";
}
