import { describe, expect, it } from "vitest";
import { conversationId, userId } from "@/lib/contract/ids";
import type { Receipt } from "@/lib/contract/shapes";
import { deliveryMarks, deliveryOf } from "./delivery";

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
const ME = userId.parse(id(1));
const receipt = (user: number, deliveredSeq: number, readSeq: number): Receipt => ({
  conversationId: conversationId.parse(id(9)),
  userId: userId.parse(id(user)),
  deliveredSeq,
  readSeq,
});

describe("delivery", () => {
  it("is as far as the slowest of the others", () => {
    const marks = deliveryMarks({ receipts: [receipt(1, 99, 99), receipt(2, 10, 5), receipt(3, 8, 7)] }, ME);
    expect(marks).toEqual({ deliveredSeq: 8, readSeq: 5 });
    expect([5, 6, 8, 9].map((seq) => deliveryOf(seq, marks))).toEqual([
      "read",
      "delivered",
      "delivered",
      "sent",
    ]);
  });

  it("counts what was read as delivered", () => {
    expect(deliveryMarks({ receipts: [receipt(2, 0, 4)] }, ME)).toEqual({ deliveredSeq: 4, readSeq: 4 });
  });

  it("stays sent while there is nobody else", () => {
    const marks = deliveryMarks({ receipts: [receipt(1, 9, 9)] }, ME);
    expect(deliveryOf(1, marks)).toBe("sent");
  });
});
