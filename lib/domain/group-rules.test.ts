import { describe, expect, it } from "vitest";
import type { Member } from "@/lib/contract/shapes";
import { mayManage, mayRemove, successorOf } from "./group-rules";
import { personOf } from "./testing/conversation-model";

const member = (n: number, role: Member["role"]): Member => ({ ...personOf(n), role, joinedAt: "" });
const [owner, admin, otherAdmin, ann, ben] = [
  member(1, "owner"),
  member(2, "admin"),
  member(3, "admin"),
  member(4, "member"),
  member(5, "member"),
];

describe("groups", () => {
  it("are managed by owner and admins", () => {
    expect([owner, admin, ann].map(({ role }) => mayManage(role))).toEqual([true, true, false]);
  });

  it("let the owner remove all others, an admin plain members, a member nobody", () => {
    const all = [owner, admin, otherAdmin, ann, ben];
    const removable = (by: Member) => all.filter((one) => mayRemove(by, one));
    expect(removable(owner)).toEqual([admin, otherAdmin, ann, ben]);
    expect(removable(admin)).toEqual([ann, ben]);
    expect(removable(ann)).toEqual([]);
  });

  it("pass to the longest-standing admin, else member, when the owner leaves", () => {
    expect(successorOf(owner.id, [owner, ann, otherAdmin, admin])).toBe(otherAdmin);
    expect(successorOf(owner.id, [ben, owner, ann])).toBe(ben);
    expect(successorOf(owner.id, [owner])).toBeUndefined();
    expect(successorOf(ann.id, [owner, ann, admin])).toBeUndefined();
  });
});
