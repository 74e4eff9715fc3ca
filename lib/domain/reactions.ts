import type { UserId } from "@/lib/contract/ids";
import type { Reaction } from "@/lib/contract/shapes";

/** The reactions with one set or taken away; the same array when that is how they are already. */
export function withReaction(reactions: Reaction[], emoji: string, user: UserId, on: boolean): Reaction[] {
  const current = reactions.find((reaction) => reaction.emoji === emoji);
  if ((current?.userIds.includes(user) ?? false) === on) return reactions;
  if (current === undefined) return [...reactions, { emoji, userIds: [user] }];
  const userIds = on ? [...current.userIds, user] : current.userIds.filter((id) => id !== user);
  return reactions.flatMap((reaction) => {
    if (reaction !== current) return [reaction];
    return userIds.length === 0 ? [] : [{ emoji, userIds }];
  });
}
