import type { UserId } from "@/lib/contract/ids";
import type { Member } from "@/lib/contract/shapes";

/** Whether somebody in this role may rename the group, add people and remove some. */
export function mayManage(role: Member["role"]): boolean {
  return role !== "member";
}

/** The owner may remove everybody else, an admin plain members. Nobody is removed by themselves: they leave. */
export function mayRemove(remover: Member, removed: Member): boolean {
  if (remover.id === removed.id) return false;
  return remover.role === "owner" || (remover.role === "admin" && removed.role === "member");
}

/**
 * Who owns the group once this member has left: the longest-standing admin, else the longest-standing member. Undefined
 * when it has another owner anyway or nobody is left. `members` come longest-standing first.
 */
export function successorOf(leaver: UserId, members: readonly Member[]): Member | undefined {
  const others = members.filter(({ id }) => id !== leaver);
  if (others.some(({ role }) => role === "owner")) return undefined;
  return others.find(({ role }) => role === "admin") ?? others[0];
}
