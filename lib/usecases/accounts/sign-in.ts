import { sessionId } from "@/lib/contract/ids";
import { LIMITS } from "@/lib/contract/limits";
import { username } from "@/lib/contract/text";
import { SignInThrottle } from "@/lib/domain/sign-in-throttle";
import type { Account } from "../ports/people-store";
import type { AccountUseCases } from "../use-cases";
import type { AccountPorts } from "./account-ports";

type SignIn = AccountUseCases["signIn"];
type Attempt = Parameters<SignIn>[0];
type Outcome = Awaited<ReturnType<SignIn>>;

const USER_AGENT_CHARACTERS = 300;
const ADDRESS_CHARACTERS = 64;

/** PostgreSQL text holds neither NUL nor lone surrogates, and clients send what they like. */
function storable(text: string, most: number): string {
  return text.replaceAll("\0", "").slice(0, most).toWellFormed();
}

async function check(
  { people, passwords }: AccountPorts,
  attempt: Attempt,
): Promise<{ account: Account; passwordHash: string } | undefined> {
  // No password is that long, whoever's it is: not worth a hash.
  if (attempt.password.length > LIMITS.passwordCharacters.max) return undefined;
  const name = username.safeParse(attempt.username);
  const stored = name.success ? await people.forSignIn(name.data) : undefined;
  const right =
    stored === undefined
      ? await passwords.verifyNobody(attempt.password)
      : await passwords.verify(stored.passwordHash, attempt.password);
  return right ? stored : undefined;
}

async function decide(ports: AccountPorts, attempt: Attempt): Promise<Outcome> {
  const found = await check(ports, attempt);
  if (found === undefined) return { kind: "refused" };
  const { account, passwordHash } = found;
  if (account.disabledAt !== undefined) return { kind: "disabled" };
  const id = sessionId.parse(ports.randomness.uuid());
  const made = await ports.people.createSession({
    id,
    userId: account.id,
    passwordHash,
    userAgent: storable(attempt.userAgent, USER_AGENT_CHARACTERS),
    address: storable(attempt.address, ADDRESS_CHARACTERS),
    days: ports.sessionLife.days,
  });
  return made ? { kind: "signed_in", account, sessionId: id } : { kind: "refused" };
}

/** See {@link AccountUseCases.signIn}. Attempts are counted in this process. */
export function signIn(ports: AccountPorts): SignIn {
  const throttle = new SignInThrottle(() => ports.clock.now().getTime());
  return async (attempt) => {
    if (!ports.throttleSignIns) return decide(ports, attempt);
    const name = username.safeParse(attempt.username);
    const counted = throttle.begin(name.success ? name.data : "", attempt.address);
    if (counted.kind === "wait") return { kind: "throttled", retryAfterMs: counted.retryAfterMs };
    let outcome: Outcome;
    try {
      outcome = await decide(ports, attempt);
    } catch (error) {
      counted.abandoned();
      throw error;
    }
    if (outcome.kind === "refused") counted.failed();
    else counted.succeeded();
    return outcome;
  };
}
