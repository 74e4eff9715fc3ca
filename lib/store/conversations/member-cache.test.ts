import { expect, test } from "vitest";
import { conversationId, type UserId, userId } from "@/lib/contract/ids";
import { MemberCache } from "./member-cache";

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const conversation = (n: number) => conversationId.parse(uuid(n));
const people = (count: number): UserId[] => Array.from({ length: count }, (_, n) => userId.parse(uuid(n)));

test("gives what was set last", () => {
  const cache = new MemberCache();
  expect(cache.get(conversation(1))).toBeUndefined();
  cache.set(conversation(1), { version: 1, ids: people(2) });
  cache.set(conversation(1), { version: 2, ids: people(3) });
  expect(cache.get(conversation(1))).toEqual({ version: 2, ids: people(3) });
});

test("forgets what was used least recently, counted in members", () => {
  const cache = new MemberCache(10);
  cache.set(conversation(1), { version: 1, ids: people(4) });
  cache.set(conversation(2), { version: 1, ids: people(4) });
  cache.get(conversation(1));
  cache.set(conversation(3), { version: 1, ids: people(4) });
  expect(cache.get(conversation(2))).toBeUndefined();
  expect(cache.get(conversation(1))).toBeDefined();
  expect(cache.get(conversation(3))).toBeDefined();
});

test("keeps one conversation that is larger than everything", () => {
  const cache = new MemberCache(10);
  cache.set(conversation(1), { version: 1, ids: people(4) });
  cache.set(conversation(2), { version: 1, ids: people(40) });
  expect(cache.get(conversation(1))).toBeUndefined();
  expect(cache.get(conversation(2))?.ids).toHaveLength(40);
});
