import type { IncomingMessage } from "node:http";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);
/** Errors of a connection that was never made: the node has not seen a byte. */
const NEVER_CONNECTED = new Set(["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH"]);
const MAX_KEPT_BYTES = 64 * 1_024;

/**
 * Whether another node may be asked after this failure. Only what cannot happen twice: a request that changes nothing,
 * or one of which the first node has seen nothing.
 */
export function mayRetry(method: string | undefined, error: unknown): boolean {
  if (SAFE_METHODS.has(method ?? "")) return true;
  return error instanceof Error && "code" in error && NEVER_CONNECTED.has(String(error.code));
}

/** The body, when it is small enough to be kept for a second attempt; undefined when it is to be streamed, once. */
export async function keepBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const { "content-length": length, "transfer-encoding": encoding } = request.headers;
  if (encoding !== undefined || Number(length ?? 0) > MAX_KEPT_BYTES) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
