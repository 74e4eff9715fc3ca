import type { ErrorCode } from "@/lib/contract/errors";
import { HomingError } from "@/lib/domain/homing-error";
import type { AuthRequest, SignInOutcome } from "./next-auth-options";

const STATUS: Record<ErrorCode, number> = {
  bad_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  unavailable: 503,
};

/** An error as JSON with its status, and how long to wait before trying again. */
export function errorAnswer(error: HomingError): Response {
  const headers = new Headers({ "Cache-Control": "no-store" });
  if (error.retryAfterMs !== undefined) {
    headers.set("Retry-After", String(Math.ceil(error.retryAfterMs / 1_000)));
  }
  return Response.json({ error: error.toBody() }, { status: STATUS[error.code], headers });
}

/** A redirect, or what a script that asked by `json=true` gets instead. */
function leadTo(url: string, asJson: boolean, status: number): Response {
  const headers = { "Cache-Control": "no-store" };
  if (asJson) return Response.json({ url }, { status, headers });
  return new Response(null, { status: 302, headers: { ...headers, Location: url } });
}

/** What somebody is told who was not signed in; undefined when they were, or when nobody was asked. */
export function refusalAnswer(
  outcome: SignInOutcome | undefined,
  { origin }: Pick<AuthRequest, "origin">,
  asJson: boolean,
): Response | undefined {
  switch (outcome?.kind) {
    case "throttled":
      return errorAnswer(
        new HomingError("rate_limited", "Too many failed attempts. Try again later.", {
          retryAfterMs: outcome.retryAfterMs,
        }),
      );
    case "disabled":
      return leadTo(`${origin}/login?error=disabled`, asJson, 403);
    case "refused":
      return leadTo(`${origin}/login?error=refused`, asJson, 401);
    default:
      return undefined;
  }
}

/** Where next-auth's JSON holds addresses. */
const ADDRESS_FIELDS = new Set(["url", "signinUrl", "callbackUrl"]);

/** next-auth takes its address from the environment, so its redirects name another server: only their path counts. */
function onOrigin(address: string, origin: string): string {
  const url = new URL(address, origin);
  return origin + url.pathname + url.search + url.hash;
}

/** next-auth's answer with every address it leads to on this server. */
export async function withOwnAddresses(answer: Response, origin: string): Promise<Response> {
  const location = answer.headers.get("Location");
  if (location !== null) {
    answer.headers.set("Location", onOrigin(location, origin));
    return answer;
  }
  if (!answer.headers.get("Content-Type")?.includes("application/json")) return answer;
  const body: unknown = JSON.parse(await answer.text(), (key, value) =>
    ADDRESS_FIELDS.has(key) && typeof value === "string" ? onOrigin(value, origin) : value,
  );
  return new Response(JSON.stringify(body), { status: answer.status, headers: answer.headers });
}
