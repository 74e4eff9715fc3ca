import { describe, expect, it } from "vitest";
import { parseNodeInfo } from "./leases/node-info";
import { toNodeFacts } from "./node-facts";

describe("toNodeFacts", () => {
  it("reads what a node of this version writes", () => {
    const facts = {
      ...{ instance: "i", name: "node-1", version: "1.2.3", uptimeMs: 5, report: 7, routing: "directed" },
      ...{ isDraining: true, users: 1, sockets: 2, messagesRead: 3, messagesWanted: 4, bytesRead: 5 },
      ...{ publishFailures: 6, loopLagMs: 1.5 },
    };
    expect(toNodeFacts("id", parseNodeInfo(JSON.stringify(facts)))).toEqual(facts);
  });

  it("makes do with a node that says less, or nonsense", () => {
    const facts = toNodeFacts("id", parseNodeInfo('{"name":"old","users":"many","routing":"pigeons"}'));
    expect(facts).toMatchObject({ instance: "id", name: "old", version: "", users: 0, isDraining: false });
    expect(facts.routing).toBe("local");
  });
});
