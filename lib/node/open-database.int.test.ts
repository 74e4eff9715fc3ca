import { expect, inject, it } from "vitest";
import { DatabaseUnreachableError } from "./database-unreachable-error";
import { startComposedNode } from "./testing/composed-node";

it.each([
  ["nobody listens", () => "postgres://homing@127.0.0.1:1/homing"],
  ["there is no such database", () => new URL("/nowhere", inject("postgresUrl")).href],
  ["there is no such host", () => "postgres://homing@no-such-host.invalid/homing"],
])("says that the database cannot be used when %s", async (_when, url) => {
  const failure = await startComposedNode({ DATABASE_URL: url() }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DatabaseUnreachableError);
  expect(String(failure)).toMatch(/The database of DATABASE_URL cannot be used: .+\. Check/);
});
