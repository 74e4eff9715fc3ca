"use client";
import type { UserId } from "@/lib/contract/ids";
import { useEngine } from "../engine/engine-context";
import { useStore } from "../engine/use-store";
import { PresenceMark } from "./presence-mark";

/** A person's presence on their avatar, live; nothing for who is offline or of whom it is not known. */
export function PresenceDot({ userId }: { userId: UserId }) {
  const presence = useStore(useEngine().presence(userId));
  if (presence?.state !== "online" && presence?.state !== "away") return null;
  return <PresenceMark state={presence.state} />;
}
