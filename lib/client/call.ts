import type { ClientEventName, ClientPayload, ClientResults } from "@/lib/contract/client-events";
import type { ErrorBody } from "@/lib/contract/errors";
import type { Result } from "./engine";

/**
 * Asks the server. Always answers: no connection, a lost one and silence are `unavailable`, and what was asked may have
 * happened or not.
 */
export type Call = <E extends ClientEventName>(
  event: E,
  payload: ClientPayload<E>,
) => Promise<Result<ClientResults[E]>>;

export function unavailable(message: string): { ok: false; error: ErrorBody } {
  return { ok: false, error: { code: "unavailable", message } };
}
