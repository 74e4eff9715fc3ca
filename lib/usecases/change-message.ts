import type { ConversationId, UserId } from "@/lib/contract/ids";
import type { Change, Message } from "@/lib/contract/shapes";
import { conversationNotFound, HomingError } from "@/lib/domain/homing-error";
import type { ConversationStore, ConversationUnit } from "./ports/conversation-store";
import type { FanOut } from "./ports/fan-out";

export interface ChangeMessagePorts {
  store: Pick<ConversationStore, "change">;
  fanOut: Pick<FanOut, "change">;
}

/** What a change of one message comes to; without `change` everything is as asked for already. */
export type MessageEffect = (Change & { message: Message }) | "nothing";

/**
 * Changes one message under the conversation's lock and tells the members. `decide` sees it as it is then and throws
 * when the change is not allowed; somebody who is no member never gets that far. Answers the message as `user` sees it.
 */
export async function changeMessage(
  ports: ChangeMessagePorts,
  user: UserId,
  at: { conversationId: ConversationId; seq: number },
  decide: (unit: ConversationUnit, message: Message) => Promise<MessageEffect>,
): Promise<Message> {
  const done = await ports.store.change(at.conversationId, async (unit) => {
    if ((await unit.member(user)) === undefined) throw conversationNotFound();
    const message = await unit.message(at.seq);
    if (message === undefined) throw new HomingError("not_found", "There is no such message.");
    const effect = await decide(unit, message);
    if (effect === "nothing") return { message };
    return { message: effect.message, change: effect, members: await unit.memberIds() };
  });
  if (done === undefined) throw conversationNotFound();
  if (done.change !== undefined) ports.fanOut.change(done.members, done.change);
  return seenBy(user, done.message);
}

/** @throws HomingError `forbidden` for everybody but the sender. */
export function requireSender(user: UserId, message: Message): void {
  if (message.sender.id !== user) throw new HomingError("forbidden", "Only its sender may change a message.");
}

/** The client id is for its sender's devices only. */
function seenBy(user: UserId, message: Message): Message {
  if (message.sender.id === user) return message;
  const { clientId: _, ...others } = message;
  return others;
}
