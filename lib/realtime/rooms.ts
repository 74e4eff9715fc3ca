import type { UserId } from "@/lib/contract/ids";

/** Every socket of a user, on all nodes. */
export function userRoom(user: UserId): string {
  return `user:${user}`;
}

/** Every socket that one session or API token opened. */
export function credentialRoom(credential: string): string {
  return `credential:${credential}`;
}

/** The sockets of this node that watch a user's presence. */
export function presenceRoom(user: UserId): string {
  return `${PRESENCE}${user}`;
}

export function isPresenceRoom(room: string): boolean {
  return room.startsWith(PRESENCE);
}

const PRESENCE = "presence:";
