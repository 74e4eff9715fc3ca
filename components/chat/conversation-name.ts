import type { UserId } from "@/lib/contract/ids";
import type { Head, Member } from "@/lib/contract/shapes";

/** The other person of a direct conversation; oneself in a conversation with oneself. */
export function partnerOf(head: Head, me: UserId): Member | undefined {
  if (head.kind !== "direct") return undefined;
  return head.members.find((member) => member.id !== me) ?? head.members[0];
}

/** What a conversation is called: a group by its title, a direct one by the other person. */
export function conversationName(head: Head, me: UserId): string {
  return partnerOf(head, me)?.name ?? head.title;
}
