import { expect, it } from "vitest";
import { SeenRevisions } from "./seen-revisions";

it("has a revision when it or a later one was passed on", () => {
  const seen = new SeenRevisions(() => 0);
  expect(seen.has("a", 0)).toBe(false);
  seen.note("a", 5);
  seen.note("a", 3);
  expect(seen.has("a", 5)).toBe(true);
  expect(seen.has("a", 6)).toBe(false);
  expect(seen.has("b", 1)).toBe(false);
});

it("remembers for a minute at least, and forgets what is quiet", () => {
  let now = 0;
  const seen = new SeenRevisions(() => now);
  seen.note("quiet", 5);
  now = 69_000;
  seen.note("busy", 1);
  now = 71_000;
  seen.note("busy", 2);
  expect(seen.has("quiet", 5)).toBe(true);
  now = 142_000;
  seen.note("busy", 3);
  expect(seen.has("quiet", 5)).toBe(false);
  expect(seen.has("busy", 3)).toBe(true);
});
