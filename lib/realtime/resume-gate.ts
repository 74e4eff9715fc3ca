import { Gate } from "@/lib/auth/gate";
import { HomingError, isHomingError } from "@/lib/domain/homing-error";
import type { ConversationUseCases } from "@/lib/usecases/use-cases";

/** A snapshot names all conversations of a user: so many are read at once, which leaves the database to the messages. */
const AT_ONCE = 6;
/** Who would wait longer than a few seconds is told to come back, each after another while. */
const MOST_WAITING = 2_000;

/**
 * The same `sync`, admitting so many at once: after an outage all clients of a node want a snapshot in the same moment.
 *
 * @throws HomingError also `unavailable` with a random wait, when too many want one.
 */
export function admitResumes(
  sync: ConversationUseCases["sync"],
  random: () => number,
): ConversationUseCases["sync"] {
  const gate = new Gate({ parallel: AT_ONCE, mostWaiting: MOST_WAITING });
  return async (actor, payload) => {
    let isAdmitted = false;
    try {
      return await gate.run(async () => {
        isAdmitted = true;
        return sync(actor, payload);
      });
    } catch (error) {
      if (isAdmitted || !isHomingError(error)) throw error;
      throw new HomingError("unavailable", "Too many are coming back just now.", {
        retryAfterMs: Math.round(1_000 + 4_000 * random()),
        cause: error,
      });
    }
  };
}
