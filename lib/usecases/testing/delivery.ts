import { randomBytes, randomUUID } from "node:crypto";
import type { ErrorCode } from "@/lib/contract/errors";
import type { ConversationId, UserId } from "@/lib/contract/ids";
import type { Change, Head, Receipt } from "@/lib/contract/shapes";
import { isHomingError } from "@/lib/domain/homing-error";
import { createPeopleStore } from "@/lib/store/people-store";
import { freshDatabase } from "@/lib/store/testing/database";
import { addPeople } from "@/lib/store/testing/people";
import { openNode } from "@/lib/store/testing/stores";
import type { Actor } from "../actor";
import { buildConversationUseCases } from "../build-conversations";
import type { FanOut } from "../ports/fan-out";

/** What one user's devices were told, in order. */
export type Told =
  | { event: "change"; change: Change }
  | { event: "head"; head: Head }
  | { event: "gone"; conversation: ConversationId }
  | { event: "receipt"; receipt: Receipt };

/** The use cases of delivery on a database of their own; `told` holds what would have gone out, by user. */
export async function openDelivery() {
  const database = await freshDatabase();
  const node = openNode(database.url);
  const people = createPeopleStore(node.connections.db);
  const told = new Map<UserId, Told[]>();
  const tell = (user: UserId, what: Told) => told.set(user, [...(told.get(user) ?? []), what]);
  const fanOut: FanOut = {
    change: (members, change) => {
      for (const user of members) tell(user, { event: "change", change });
    },
    head: (user, head) => tell(user, { event: "head", head }),
    gone: (user, conversation) => tell(user, { event: "gone", conversation }),
    receipt: (members, receipt) => {
      for (const user of members) tell(user, { event: "receipt", receipt });
    },
    endCredentials: () => undefined,
  };
  const randomness = {
    uuid: () => randomUUID(),
    secret: (bytes: number) => randomBytes(bytes).toString("base64url"),
  };
  return {
    connections: node.connections,
    store: node.store,
    people,
    useCases: buildConversationUseCases({ store: node.store, people, fanOut, randomness }),
    /** What somebody was told since the last call. */
    hear(user: { id: UserId }): Told[] {
      const heard = told.get(user.id) ?? [];
      told.delete(user.id);
      return heard;
    },
    async actors(count: number): Promise<[Actor, Actor, Actor, ...Actor[]]> {
      const accounts = await people.byIds(await addPeople(node.connections, Math.max(3, count)));
      const [one, two, three, ...others] = accounts.map(
        ({ id, username, name }): Actor => ({
          id,
          username,
          name,
          role: "user",
          credential: { kind: "token", id: "test" },
        }),
      );
      if (one === undefined || two === undefined || three === undefined)
        throw new Error("People are missing.");
      return [one, two, three, ...others];
    },
    async close() {
      await node.close();
      await database.drop();
    },
  };
}

/** The code that something was refused with; undefined when it was not. */
export async function refusal(asked: Promise<unknown>): Promise<ErrorCode | undefined> {
  try {
    await asked;
    return undefined;
  } catch (error) {
    if (isHomingError(error)) return error.code;
    throw error;
  }
}
