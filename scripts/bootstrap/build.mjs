import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sourceFingerprint } from "./fingerprint.mjs";
import { withProgress } from "./progress.mjs";
import { BootstrapError, inProject } from "./project.mjs";
import { runScript } from "./run.mjs";

/** What the build makes: the pages, by Next, and the two programs, by esbuild. Each has its own stamp. */
const PAGES = process.env.NEXT_DIST_DIR || ".next";
const PROGRAMS = "dist";
const STAMP = "homing-build.json";

/** Whether everything is built from exactly these sources. */
export function isBuilt(fingerprint = sourceFingerprint()) {
  return [PAGES, PROGRAMS].every((folder) => isStamped(folder, fingerprint));
}

/**
 * Builds what is not built from these sources. The stamp is taken away first and written last, so that a build that was
 * killed is done again.
 */
export async function build(fingerprint = sourceFingerprint()) {
  await withProgress("building", async () => {
    if (!isStamped(PROGRAMS, fingerprint)) await stamped(PROGRAMS, fingerprint, buildPrograms);
    if (!isStamped(PAGES, fingerprint)) await stamped(PAGES, fingerprint, buildPages);
  });
}

function isStamped(folder, fingerprint) {
  const file = inProject(folder, STAMP);
  return existsSync(file) && readFileSync(file, "utf8") === fingerprint;
}

async function stamped(folder, fingerprint, work) {
  const stamp = inProject(folder, STAMP);
  rmSync(stamp, { force: true });
  await work();
  mkdirSync(inProject(folder), { recursive: true });
  writeFileSync(`${stamp}.new`, fingerprint);
  renameSync(`${stamp}.new`, stamp);
}

async function buildPages() {
  const env = { ...process.env, NODE_ENV: "production" };
  const next = join("node_modules", "next", "dist", "bin", "next");
  const code = await runScript(next, ["build"], { env });
  if (code !== 0) throw new BootstrapError("The pages could not be built; the reason is above.");
}

async function buildPrograms() {
  const { build: bundle } = await import("esbuild");
  const entryPoints = { server: "server.ts", homing: join("scripts", "cli", "homing.ts") };
  await bundle({
    entryPoints: Object.fromEntries(
      Object.entries(entryPoints).filter(([, path]) => existsSync(inProject(path))),
    ),
    absWorkingDir: inProject(),
    outdir: PROGRAMS,
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
