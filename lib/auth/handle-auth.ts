import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { HomingError, isHomingError } from "@/lib/domain/homing-error";
import type { Runtime } from "@/lib/runtime";
import { errorAnswer, refusalAnswer, withOwnAddresses } from "./auth-answer";
import { type AuthRequest, createAuthOptions } from "./next-auth-options";
import { readForm } from "./read-form";
import { requestSource } from "./request-source";

interface RouteContext {
  params: Promise<{ nextauth: string[] }>;
}

/** The request with its form, which was read under a limit, in the one shape that next-auth takes. */
function withForm(request: NextRequest, form: URLSearchParams | undefined): NextRequest {
  if (form === undefined) return new NextRequest(request.url);
  return new NextRequest(request.url, {
    method: request.method,
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: form.toString(),
  });
}

async function answer(request: NextRequest, context: RouteContext, runtime: Runtime): Promise<Response> {
  const form = request.method === "POST" ? await readForm(request) : undefined;
  const authRequest: AuthRequest = requestSource(request.headers, runtime.secureCookies);
  const options = createAuthOptions(runtime, authRequest);
  const response: Response = await NextAuth(withForm(request, form), context, options);
  if (authRequest.failure !== undefined) throw authRequest.failure;
  const refusal = refusalAnswer(authRequest.outcome, authRequest, form?.get("json") === "true");
  return refusal ?? withOwnAddresses(response, authRequest.origin);
}

/**
 * Signing in and out over HTTP by next-auth, with the answers that a client needs and next-auth does not give: 429 and
 * 503 with `Retry-After`, 413. Works under whatever address the server is reached, without a setting.
 */
export async function handleAuth(
  request: NextRequest,
  context: RouteContext,
  runtime: Runtime,
): Promise<Response> {
  try {
    return await answer(request, context, runtime);
  } catch (error) {
    if (isHomingError(error)) return errorAnswer(error);
    runtime.reportError(error, { where: "/api/auth" });
    return errorAnswer(new HomingError("unavailable", "Something went wrong.", { retryAfterMs: 5_000 }));
  }
}
