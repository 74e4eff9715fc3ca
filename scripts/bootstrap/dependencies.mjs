import { existsSync, readFileSync, rmSync } from "node:fs";
import { withProgress } from "./progress.mjs";
import { BootstrapError, inProject } from "./project.mjs";
import { run, runScript } from "./run.mjs";

/** What npm writes when an installation is complete; it is missing when one was killed half-way. */
const INSTALLED = inProject("node_modules", ".package-lock.json");

/** Whether node_modules is what package-lock.json says, package by package. Reads two files, so it can be asked at every start. */
export function areDependenciesInstalled() {
  if (!existsSync(INSTALLED)) return false;
  const wanted = packagesIn(inProject("package-lock.json"));
  const present = packagesIn(INSTALLED);
  const isRight = ([path, { version, integrity }]) =>
    wanted[path]?.version === version && wanted[path]?.integrity === integrity && existsSync(inProject(path));
  const mayBeMissing = (entry) => entry.optional === true || entry.devOptional === true;
  return (
    Object.entries(present).every(isRight) &&
    Object.entries(wanted).every(([path, entry]) => path === "" || path in present || mayBeMissing(entry))
  );
}

/** Installs exactly what package-lock.json says, with the packages for development: the build needs them. */
export async function installDependencies() {
  await withProgress("installing the dependencies with npm ci", async () => {
    // An interrupted `npm ci` may have left this file from before; without it the state is known to be incomplete.
    rmSync(INSTALLED, { force: true });
    const args = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund"];
    const code = await npm(args);
    if (code !== 0) {
      throw new BootstrapError(
        "npm ci failed; its own words are above. Check the network and the free space, then start again.",
      );
    }
  });
}

/** Under `npm run` the very npm that was typed, else the one in the path. */
function npm(args) {
  const own = process.env.npm_execpath;
  if (own !== undefined && /\.c?js$/.test(own)) return runScript(own, args);
  return process.platform === "win32" ? run("cmd.exe", ["/c", "npm", ...args]) : run("npm", args);
}

function packagesIn(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}
