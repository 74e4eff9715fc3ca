/** Whether a request comes from a page of this server, by its `Origin` and `Host`. */
export type OriginCheck = (request: { origin: string | undefined; host: string | undefined }) => boolean;

/**
 * The origin must be the public address, or name the very host that the request was sent to. `null` and malformed
 * origins are foreign; a missing one is the caller's question.
 */
export function createOriginCheck(publicUrl: string | undefined): OriginCheck {
  const publicOrigin = publicUrl === undefined ? undefined : new URL(publicUrl).origin;
  return ({ origin, host }) => {
    if (origin === undefined || !URL.canParse(origin)) return false;
    const url = new URL(origin);
    if (url.origin === publicOrigin) return true;
    return (url.protocol === "http:" || url.protocol === "https:") && url.host === host?.toLowerCase();
  };
}
