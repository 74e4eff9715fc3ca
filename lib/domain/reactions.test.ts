import fc from "fast-check";
import { expect, it } from "vitest";
import { userId } from "@/lib/contract/ids";
import type { Reaction } from "@/lib/contract/shapes";
import { withReaction } from "./reactions";

const people = [1, 2, 3].map((n) => userId.parse(`00000000-0000-4000-8000-00000000000${n}`));
const step = fc.record({
  emoji: fc.constantFrom("👍", "🎉"),
  user: fc.constantFrom(...people),
  on: fc.boolean(),
});

it("is a set of (emoji, person), without empty ones, and the same array when nothing changes", () => {
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const model = new Set<string>();
      let reactions: Reaction[] = [];
      for (const { emoji, user, on } of steps) {
        const before = reactions;
        const changes = model.has(emoji + user) !== on;
        if (on) model.add(emoji + user);
        else model.delete(emoji + user);
        reactions = withReaction(reactions, emoji, user, on);
        expect(reactions === before).toBe(!changes);
      }
      const flat = reactions.flatMap(({ emoji, userIds }) => userIds.map((id) => emoji + id));
      expect(flat.toSorted()).toEqual([...model].sort());
      expect(reactions.every(({ userIds }) => userIds.length > 0)).toBe(true);
      expect(new Set(reactions.map(({ emoji }) => emoji)).size).toBe(reactions.length);
    }),
  );
});
