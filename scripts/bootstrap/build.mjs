import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildKey } from "./actions-key.mjs";
import { compressBelow } from "./compress.mjs";
import { sourceFingerprint } from "./fingerprint.mjs";
import { withProgress } from "./progress.mjs";
import { BootstrapError, inProject } from "./project.mjs";
import { runScript } from "./run.mjs";

const STAMP = "homing-build.json";

/** What the build makes: the pages, by Next, and the server, the command line and the cluster, by esbuild. Each has its own stamp. */
const PARTS = {
  programs: { folder: "dist", make: buildPrograms },
  pages: { folder: process.env.NEXT_DIST_DIR || ".next", make: buildPages },
};

/** Whether these parts (`programs`, `pages`) are built from exactly the sources that are there. */
export function isBuilt(parts, fingerprint = sourceFingerprint()) {
  return parts.every((part) => isStamped(PARTS[part].folder, stampOf(part, fingerprint)));
}

/**
 * Builds those of the parts that are not built from these sources. The stamp is taken away first and written last, so
 * that a build that was killed is done again.
 */
export async function build(parts, fingerprint = sourceFingerprint()) {
  await withProgress("building", async () => {
    for (const part of parts.filter((name) => !isBuilt([name], fingerprint))) {
      await stamped(PARTS[part].folder, stampOf(part, fingerprint), PARTS[part].make);
    }
  });
}

function isStamped(folder, stamp) {
  const file = inProject(folder, STAMP);
  return existsSync(file) && readFileSync(file, "utf8") === stamp;
}

/** What a part is built from; the pages depend on a key too. */
function stampOf(part, fingerprint) {
  const key = part === "pages" ? buildKey() : undefined;
  return key === undefined
    ? fingerprint
    : createHash("sha256").update(`${fingerprint}\0${key}`).digest("hex");
}

async function stamped(folder, stamp, work) {
  const file = inProject(folder, STAMP);
  rmSync(file, { force: true });
  await work();
  mkdirSync(inProject(folder), { recursive: true });
  writeFileSync(`${file}.new`, stamp);
  renameSync(`${file}.new`, file);
}

async function buildPages() {
  const key = buildKey();
  const env = {
    ...process.env,
    NODE_ENV: "production",
    ...(key !== undefined && { NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: key }),
  };
  const next = join("node_modules", "next", "dist", "bin", "next");
  const code = await runScript(next, ["build"], { env });
  if (code !== 0) throw new BootstrapError("The pages could not be built; the reason is above.");
  await compressBelow(inProject(PARTS.pages.folder, "static"));
}

async function buildPrograms() {
  const { build: bundle } = await import("esbuild");
  await bundle({
    entryPoints: {
      server: "server.ts",
      homing: join("scripts", "cli", "homing.ts"),
      cluster: join("scripts", "cluster", "cluster.ts"),
    },
    absWorkingDir: inProject(),
    outdir: PARTS.programs.folder,
    bundle: true,
    platform: "node",
    target: "node20.9",
    format: "esm",
    packages: "external",
    sourcemap: true,
    logLevel: "warning",
  }).catch((error) => {
    throw new BootstrapError(`The server could not be built: ${error.message}`);
  });
}
