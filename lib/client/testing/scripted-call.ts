import type { ClientEventName, ClientResults } from "@/lib/contract/client-events";
import type { ErrorBody } from "@/lib/contract/errors";
import type { Call } from "../call";
import type { Result } from "../engine";

export interface Asked {
  event: ClientEventName;
  payload: unknown;
  /** The server's answer; the test gives what the event's result is. */
  answer(result: object): void;
  refuse(error: ErrorBody): void;
}

/** A test knows which event it answers. */
function isResultOf<E extends ClientEventName>(
  _event: E,
  answer: object,
): answer is Result<ClientResults[E]> {
  return "ok" in answer;
}

/** A server that answers when the test says so. */
export function createScriptedCall(): { call: Call; asked: Asked[] } {
  const asked: Asked[] = [];
  const call: Call = (event, payload) =>
    new Promise((resolve) => {
      asked.push({
        event,
        payload,
        answer(result) {
          const whole = { ok: true, ...result };
          if (isResultOf(event, whole)) resolve(whole);
        },
        refuse: (error) => resolve({ ok: false, error }),
      });
    });
  return { call, asked };
}
