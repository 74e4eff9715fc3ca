import { isRetryable } from "@/lib/contract/retryable";
import { retryDelay } from "./backoff";
import type { Call } from "./call";
import type { StoppableClock } from "./clock";

/** How long somebody who clicked waits for the server to come back. */
const PATIENCE_MS = 8_000;

/** Asks again while the server is away or busy, for events whose repetition is harmless. */
export function createPatientCall(call: Call, clock: StoppableClock): Call {
  return async (event, payload) => {
    const deadline = clock.now() + PATIENCE_MS;
    for (let attempt = 0; ; attempt += 1) {
      const answer = await call(event, payload);
      if (answer.ok || !isRetryable(answer.error.code)) return answer;
      const wait = answer.error.retryAfterMs ?? retryDelay(attempt, clock.random());
      if (clock.now() + wait > deadline) return answer;
      await clock.wait(wait);
    }
  };
}
