import type { ConversationId, UserId } from "@/lib/contract/ids";
import { LIMITS } from "@/lib/contract/limits";
import type { Change } from "@/lib/contract/shapes";
import type { CursorOutcome } from "./ports/conversation-store";
import type { FanOut } from "./ports/fan-out";
import type { HeadTeller } from "./tell-heads";

/**
 * Tells what became of a group's members, in the order of the changes: everybody who is in hears the change, whoever is
 * removed hears it too and then that the conversation is gone, and whoever is new gets the head, in which it is all.
 */
export async function tellMemberChanges(
  ports: { fanOut: Pick<FanOut, "change" | "gone">; heads: HeadTeller },
  conversation: ConversationId,
  before: readonly UserId[],
  changes: readonly Change[],
): Promise<void> {
  const audience = new Set(before);
  const joined = new Set<UserId>();
  for (const change of changes) {
    ports.fanOut.change([...audience], change);
    const { type, member } = change;
    if (member === undefined) continue;
    if (type === "member.removed") {
      audience.delete(member.id);
      await ports.heads.quiet(conversation);
      ports.fanOut.gone(member.id, conversation);
    } else if (!audience.has(member.id)) joined.add(member.id);
  }
  if (joined.size > 0) await ports.heads.tell(conversation, joined);
}

/**
 * Tells the others how far somebody has come. Not in groups of more members than a head names: nobody sees these ticks,
 * and everybody would hear of everybody.
 */
export function tellReceipt(
  fanOut: Pick<FanOut, "receipt">,
  user: UserId,
  conversationId: ConversationId,
  { members, readSeq, deliveredSeq }: CursorOutcome,
): void {
  if (members.length > LIMITS.headMembers) return;
  const others = members.filter((member) => member !== user);
  fanOut.receipt(others, { conversationId, userId: user, deliveredSeq, readSeq });
}
