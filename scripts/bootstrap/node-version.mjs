import { readFileSync } from "node:fs";
import { BootstrapError, inProject } from "./project.mjs";

/** Refuses a Node.js that is older than what package.json asks for. */
export function requireNode() {
  const wanted = JSON.parse(readFileSync(inProject("package.json"), "utf8")).engines.node.replace(/^\D+/, "");
  if (isOlder(process.versions.node, wanted)) {
    throw new BootstrapError(
      `Homing needs Node.js ${wanted} or newer, and this is ${process.versions.node}. See https://nodejs.org/en/download`,
    );
  }
}

function isOlder(version, wanted) {
  const [have, want] = [version, wanted].map((text) => text.split(".").map(Number));
  const index = want.findIndex((part, position) => part !== (have[position] ?? 0));
  return index >= 0 && (have[index] ?? 0) < want[index];
}
