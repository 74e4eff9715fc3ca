import { expect, it } from "vitest";
import { userId } from "@/lib/contract/ids";
import type { OnlineUser } from "@/lib/contract/shapes";
import { connectionRows } from "./online-connections";

const since = "2026-01-01T00:00:00.000Z";
const user = (changes: Partial<OnlineUser>): OnlineUser => ({
  id: userId.parse("00000000-0000-4000-8000-00000000000a"),
  ...{ username: "ada", name: "Ada", nodes: ["n1", "n2"], devices: 1, sockets: 2, since },
  ...changes,
});
const shown = (users: OnlineUser[]) =>
  connectionRows(users).map(({ connection: { node }, isFirst }) => [node, isFirst]);

it("gives every connection a row of its own, the first of a user with who it is", () => {
  const connections = ["n2", "n1", "n1"].map((node) => ({ node, since }));
  expect(shown([user({ connections }), user({ connections: [{ node: "n3", since }] })])).toEqual([
    ["n2", true],
    ["n1", false],
    ["n1", false],
    ["n3", true],
  ]);
});

it("makes do with the nodes where an older one lists no connections", () => {
  expect(shown([user({})])).toEqual([
    ["n1", true],
    ["n2", false],
  ]);
});
