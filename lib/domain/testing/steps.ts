import fc from "fast-check";
import type { Step } from "./conversation-model";

const pick = fc.nat({ max: 1_000 });

/** Any life of a conversation; sending comes more often than the rest. */
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant("send" as const), by: fc.nat({ max: 5 }) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("edit", "delete", "react"), pick }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("add", "remove"), pick }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("rename" as const), pick }) },
  ),
  { minLength: 1, maxLength: 40 },
);
