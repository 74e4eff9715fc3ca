import { decode, encode } from "next-auth/jwt";
import { type SessionId, sessionId, type UserId } from "@/lib/contract/ids";

const SECONDS_A_DAY = 86_400;
/** next-auth cuts a long token in pieces; ours is one, so more than a few are not ours. */
const MOST_CHUNKS = 10;

export interface CookieSettings {
  secret: string;
  /** `Secure`, with the prefix that keeps plain http pages from setting it. */
  secureCookies: boolean;
}

/** The name under which next-auth keeps the session's token. */
export function sessionCookieName(secureCookies: boolean): string {
  return secureCookies ? "__Secure-next-auth.session-token" : "next-auth.session-token";
}

/** The cookie that next-auth sets after signing in, for pages that sign somebody in themselves. */
export async function makeSessionCookie(
  settings: CookieSettings & { sessionMostDays: number },
  session: { id: SessionId; userId: UserId },
) {
  const maxAge = settings.sessionMostDays * SECONDS_A_DAY;
  return {
    name: sessionCookieName(settings.secureCookies),
    value: await encode({
      token: { sub: session.userId, sid: session.id },
      secret: settings.secret,
      maxAge,
    }),
    httpOnly: true,
    sameSite: "lax" as const,
    path: "/",
    secure: settings.secureCookies,
    maxAge,
  };
}

function cookiesOf(header: string): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header.split(";")) {
    const equals = pair.indexOf("=");
    if (equals > 0) cookies.set(pair.slice(0, equals).trim(), pair.slice(equals + 1).trim());
  }
  return cookies;
}

/** The session's token in a `Cookie` header, put together when it came in pieces. */
function tokenIn(header: string, name: string): string | undefined {
  const cookies = cookiesOf(header);
  const whole = cookies.get(name);
  if (whole !== undefined) return whole;
  let token = "";
  for (let index = 0; index < MOST_CHUNKS; index += 1) {
    const chunk = cookies.get(`${name}.${index}`);
    if (chunk === undefined) break;
    token += chunk;
  }
  return token === "" ? undefined : token;
}

/** Undefined for a token that is forged, expired, or of another secret. */
async function readToken(token: string, secret: string): Promise<SessionId | undefined> {
  try {
    const payload = await decode({ token, secret });
    return sessionId.safeParse(payload?.sid).data;
  } catch {
    // Nothing but the token decides here: whatever is wrong with it, nobody is signed in.
    return undefined;
  }
}

/** Which session a `Cookie` header names; whether that is still open, its row says. */
export async function sessionOfCookies(
  header: string | undefined,
  settings: CookieSettings,
): Promise<SessionId | undefined> {
  if (header === undefined) return undefined;
  const token = tokenIn(header, sessionCookieName(settings.secureCookies));
  return token === undefined ? undefined : readToken(token, settings.secret);
}
