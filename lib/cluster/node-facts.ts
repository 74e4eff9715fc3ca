import type { NodeFacts } from "@/lib/usecases/ports/nodes";
import type { NodeInfo } from "./leases/node-info";

const ROUTINGS: readonly NodeFacts["routing"][] = ["local", "directed", "broadcast"];

/** Reads what a node said of itself; what a node of another version does not say counts as 0. */
export function toNodeFacts(id: string, info: NodeInfo): NodeFacts {
  const number = (key: string) => {
    const value = info[key];
    return typeof value === "number" && Number.isFinite(value) ? value : 0;
  };
  const text = (key: string, otherwise: string) => {
    const value = info[key];
    return typeof value === "string" && value !== "" ? value : otherwise;
  };
  return {
    instance: text("instance", id),
    name: text("name", id),
    version: text("version", ""),
    uptimeMs: number("uptimeMs"),
    report: number("report"),
    routing: ROUTINGS.find((routing) => routing === info.routing) ?? "local",
    isDraining: info.isDraining === true,
    users: number("users"),
    sockets: number("sockets"),
    messagesRead: number("messagesRead"),
    messagesWanted: number("messagesWanted"),
    bytesRead: number("bytesRead"),
    publishFailures: number("publishFailures"),
    loopLagMs: number("loopLagMs"),
  };
}
