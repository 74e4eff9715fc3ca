/** Where a request comes from. The HTTP server has removed the forwarded headers that nobody vouches for. */
export interface RequestSource {
  origin: string;
  address: string;
  userAgent: string;
}

/** Reads it from the headers that Next hands on; `secureCookies` says what the scheme is when no proxy does. */
export function requestSource(headers: Headers, secureCookies: boolean): RequestSource {
  const host = headers.get("x-forwarded-host") ?? headers.get("host") ?? "localhost";
  const scheme = headers.get("x-forwarded-proto")?.split(",")[0]?.trim();
  const secure = scheme === undefined || scheme === "" ? secureCookies : scheme === "https";
  return {
    origin: new URL(`${secure ? "https" : "http"}://${host}`).origin,
    address: headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "",
    userAgent: headers.get("user-agent") ?? "",
  };
}
