import type { AuthOptions, User } from "next-auth";
import { sessionId } from "@/lib/contract/ids";
import { LIMITS } from "@/lib/contract/limits";
import { HomingError } from "@/lib/domain/homing-error";
import { returnPath } from "@/lib/domain/return-path";
import type { Runtime } from "@/lib/runtime";
import type { AccountUseCases } from "@/lib/usecases/use-cases";
import "./next-auth-types";

const SECONDS_A_DAY = 86_400;

export type SignInOutcome = Awaited<ReturnType<AccountUseCases["signIn"]>>;

/**
 * What next-auth does not hand on: where a request comes from, and what became of it. next-auth turns every failure
 * into one redirect; the route answers from this instead.
 */
export interface AuthRequest {
  /** Under which people reach this server. */
  origin: string;
  address: string;
  userAgent: string;
  outcome?: SignInOutcome;
  failure?: unknown;
}

/** next-auth hands on whatever the form held. */
function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

async function authorize(runtime: Runtime, request: AuthRequest, form: unknown): Promise<User | null> {
  const { username, password } = Object(form);
  try {
    request.outcome = await runtime.useCases.accounts.signIn({
      // One more than allowed is enough to be refused.
      username: text(username).slice(0, LIMITS.usernameCharacters + 1),
      password: text(password).slice(0, LIMITS.passwordCharacters.max + 1),
      address: request.address,
      userAgent: request.userAgent,
    });
  } catch (error) {
    request.failure = error;
    return null;
  }
  if (request.outcome.kind !== "signed_in") return null;
  return { id: request.outcome.account.id, sid: request.outcome.sessionId };
}

async function endSession(runtime: Runtime, request: AuthRequest, sid: unknown): Promise<void> {
  const session = sessionId.safeParse(sid);
  if (!session.success) return;
  try {
    await runtime.useCases.accounts.signOut(session.data);
  } catch (error) {
    request.failure = error;
  }
}

/** The session as `GET /api/auth/session` shows it; throws when its row has ended, which clears the cookie. */
async function openSession(runtime: Runtime, request: AuthRequest, sid: unknown) {
  const session = sessionId.parse(sid);
  const actor = await runtime.useCases.accounts.actorOfSession(session).catch((error: unknown) => {
    request.failure = error;
    throw error;
  });
  if (actor === undefined) throw new Error("The session has ended.");
  const { id, username, name, role } = actor;
  return { sid: session, user: { id, username, name, role } };
}

/**
 * next-auth's options for one request. Credentials only; the token holds no more than whose it is and the id of the
 * session's row, which is asked whenever the token is used.
 */
export function createAuthOptions(runtime: Runtime, request: AuthRequest): AuthOptions {
  return {
    secret: runtime.secret,
    useSecureCookies: runtime.secureCookies,
    session: { strategy: "jwt", maxAge: runtime.sessionMostDays * SECONDS_A_DAY },
    pages: { signIn: "/login", signOut: "/login", error: "/login" },
    providers: [
      {
        id: "credentials",
        name: "Homing",
        type: "credentials",
        credentials: { username: {}, password: {} },
        authorize: (form) => authorize(runtime, request, form),
      },
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sub: user.id, sid: user.sid } : token),
      session: async ({ session, token }) => ({
        ...session,
        ...(await openSession(runtime, request, token.sid)),
      }),
      redirect: ({ url }) => request.origin + returnPath(url, request.origin),
    },
    events: { signOut: ({ token }) => endSession(runtime, request, token?.sid) },
    logger: {
      error: (code, metadata) => {
        // A token that is not valid, or not any more, is an everyday matter.
        if (code === "JWT_SESSION_ERROR" || code === "SIGNOUT_ERROR") return;
        if (code === "INVALID_CALLBACK_URL_ERROR") {
          request.failure = new HomingError("bad_request", "callbackUrl is no address.");
          return;
        }
        runtime.reportError(metadata, { where: `next-auth ${code}` });
      },
      // It warns of an address that is not configured; here it comes with each request.
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}
