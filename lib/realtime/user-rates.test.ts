import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { userId } from "@/lib/contract/ids";
import { UserRates } from "./user-rates";

const rates = () =>
  new UserRates({ eventsOfUser: { perSecond: 10, burst: 5 }, sendsOfUser: { perSecond: 1, burst: 2 } });
const newUser = () => userId.parse(randomUUID());

it("counts each user and each kind apart", () => {
  const [users, ada, bob] = [rates(), newUser(), newUser()];
  expect([users.take("send", ada, 0), users.take("send", ada, 0)]).toEqual([0, 0]);
  expect(users.take("send", ada, 0)).toBe(1_000);
  expect(users.take("send", bob, 0)).toBe(0);
  expect(users.take("event", ada, 0)).toBe(0);
});

it("forgets who has their whole burst again, and nobody before", () => {
  const [users, ada, bob] = [rates(), newUser(), newUser()];
  users.take("send", ada, 0);
  users.take("send", ada, 0);
  users.take("event", bob, 0);
  users.prune(1_500);
  expect(users.size).toBe(1);
  expect(users.take("send", ada, 1_500)).toBe(0);
  expect(users.take("send", ada, 1_500)).toBe(500);
  users.prune(3_999);
  expect(users.size).toBe(0);
});
