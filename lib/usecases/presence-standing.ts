import type { UserId } from "@/lib/contract/ids";
import type { Presence } from "@/lib/contract/shapes";
import { presenceOf } from "@/lib/domain/presence";
import type { Standing } from "@/lib/domain/standing";
import type { PeopleStore } from "./ports/people-store";
import type { OnlineAnswer, PresenceRegistry } from "./ports/presence-registry";

/** Undefined when it cannot be told now. */
function standing({ users, away, isWhole }: OnlineAnswer, user: UserId): Standing | undefined {
  if (away.has(user)) return "away";
  if (users.has(user)) return "online";
  return isWhole ? "offline" : undefined;
}

/**
 * How these users stand now. The registry is asked last, so that whatever it reports afterwards is newer than this
 * answer.
 */
export async function standingOf(
  ports: { people: Pick<PeopleStore, "byIds">; registry: Pick<PresenceRegistry, "online"> },
  users: readonly UserId[],
): Promise<Presence[]> {
  const accounts = await ports.people.byIds(users);
  const known = new Map(accounts.map((account) => [account.id, account]));
  const online = await ports.registry.online(users);
  return users.map((user) => presenceOf(user, standing(online, user), known.get(user)));
}
