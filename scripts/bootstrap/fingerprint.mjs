import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inProject } from "./project.mjs";

const FOLDERS = ["app", "components", "lib", "messages", "public", "scripts/cli", "scripts/cluster"];
const FILE_AT_TOP = /(?:\.(?:ts|tsx|mjs|js|css)|^package(?:-lock)?\.json|^tsconfig\.json)$/;
const NOT_SHIPPED = /\.test\.tsx?$|\.d\.ts$|^(?:vitest|playwright)\.config\.ts$/;

/** A hash of everything that the build depends on: names and contents, never times, so that a fresh clone agrees. */
export function sourceFingerprint() {
  const hash = createHash("sha256");
  for (const path of sources())
    hash
      .update(`${path}\0`)
      .update(readFileSync(inProject(path)))
      .update("\0");
  return hash.digest("hex");
}

function sources() {
  const atTop = readdirSync(inProject(), { withFileTypes: true })
    .filter((entry) => entry.isFile() && FILE_AT_TOP.test(entry.name))
    .map((entry) => entry.name);
  const below = FOLDERS.filter((folder) => existsSync(inProject(folder))).flatMap(filesBelow);
  return [...atTop, ...below].filter((path) => !NOT_SHIPPED.test(path)).sort();
}

function filesBelow(folder) {
  return readdirSync(inProject(folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}
