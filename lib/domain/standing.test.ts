import { expect, it } from "vitest";
import { isLower, type Standing, standingBy, together } from "./standing";

it("is away only where nobody does anything at any connection", () => {
  expect(standingBy(0, 0)).toBe("offline");
  expect(standingBy(2, 0)).toBe("away");
  expect(standingBy(2, 1)).toBe("online");
});

it("puts places together: the one where somebody is most present counts", () => {
  const order: Standing[] = ["offline", "away", "online"];
  order.forEach((one, place) => {
    order.forEach((other, otherPlace) => {
      expect(together(one, other)).toBe(order[Math.max(place, otherPlace)]);
      expect(isLower(one, other)).toBe(place < otherPlace);
    });
  });
});
