import type { UserId } from "@/lib/contract/ids";

/** Every socket of a user, on all nodes. */
export function userRoom(user: UserId): string {
  return `${USER}${user}`;
}

export function isUserRoom(room: string): boolean {
  return room.startsWith(USER);
}

/** Whose sockets are in this room; undefined for any other room. */
export function userOfRoom(room: string): string | undefined {
  return isUserRoom(room) ? room.slice(USER.length) : undefined;
}

/** Every socket that one session or API token opened. */
export function credentialRoom(credential: string): string {
  return `credential:${credential}`;
}

/** Every socket that watches a user's presence. */
export function presenceRoom(user: UserId): string {
  return `${PRESENCE}${user}`;
}

export function isPresenceRoom(room: string): boolean {
  return room.startsWith(PRESENCE);
}

/** Whose presence the sockets of this room watch; undefined for any other room. */
export function watchedUserOf(room: string): string | undefined {
  return isPresenceRoom(room) ? room.slice(PRESENCE.length) : undefined;
}

/** Rooms that few nodes hold, so that it pays to look up which: all but those of single sockets. */
export function isDirectedRoom(room: string): boolean {
  return room.includes(":");
}

const USER = "user:";
const PRESENCE = "presence:";
