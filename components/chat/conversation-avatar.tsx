"use client";
import type { Head } from "@/lib/contract/shapes";
import { useMe } from "../engine/engine-context";
import { Avatar, type AvatarProps } from "../ui/avatar";
import { conversationName, partnerOf } from "./conversation-name";
import { PresenceDot } from "./presence-dot";

/** The other person with their presence, or the group's initials. */
export function ConversationAvatar({
  head,
  size = "lg",
}: {
  head: Head;
  size?: NonNullable<AvatarProps["size"]>;
}) {
  const me = useMe();
  const partner = partnerOf(head, me.id);
  return (
    <span className="relative inline-flex shrink-0">
      <Avatar id={partner?.id ?? head.id} name={conversationName(head, me.id)} size={size} />
      {partner && partner.id !== me.id && <PresenceDot userId={partner.id} />}
    </span>
  );
}
