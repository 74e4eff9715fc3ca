import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { say, withProgress } from "./progress.mjs";
import { BootstrapError } from "./project.mjs";
import { run } from "./run.mjs";

/** What the tests need besides Node.js: Debian's package, and where to see that it is there. */
const TOOLS = [
  { name: "redis-server", package: "redis-server", isThere: () => isInPath("redis-server") },
  {
    name: "Chromium",
    package: "chromium",
    isThere: () => existsSync(process.env.CHROMIUM_PATH ?? "/usr/bin/chromium"),
  },
  { name: "nginx", package: "nginx-light", isThere: () => isInPath("nginx") },
  { name: "HAProxy", package: "haproxy", isThere: () => isInPath("haproxy") },
];

/** Installs what is missing with apt, as root or by sudo without a password; else says what to install. */
export async function requireTestTools() {
  const missing = TOOLS.filter((tool) => !tool.isThere());
  if (missing.length === 0) return;
  const packages = missing.map((tool) => tool.package);
  const names = missing.map((tool) => tool.name).join(" and ");
  const command = `apt-get install -y --no-install-recommends ${packages.join(" ")}`;
  const asRoot = await rootPrefix();
  if (asRoot === undefined || !isInPath("apt-get")) {
    throw new BootstrapError(
      `The tests need ${names}. Install with: sudo ${command}\n` +
        "Where Chromium is not /usr/bin/chromium, set CHROMIUM_PATH to it.",
    );
  }
  await withProgress(`installing ${names} with apt-get`, async () => {
    const apt = (...args) =>
      asRun([...asRoot, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", ...args]);
    if ((await apt("update")) !== 0)
      say("apt-get update failed; trying with the package lists that are there");
    await apt("install", "-y", "--no-install-recommends", ...packages);
  });
  const still = TOOLS.filter((tool) => !tool.isThere());
  if (still.length > 0) {
    throw new BootstrapError(
      `apt-get did not bring ${still.map((tool) => tool.name).join(" and ")}. Try: sudo ${command}`,
    );
  }
}

/** What makes a command root's: nothing when we are, sudo when it asks for no password, undefined otherwise. */
async function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  if (!isInPath("sudo")) return undefined;
  return (await run("sudo", ["-n", "true"], { output: "ignore" })) === 0 ? ["sudo", "-n"] : undefined;
}

function asRun([program, ...args]) {
  return run(program, args);
}

function isInPath(program) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  return folders.some((folder) => isExecutable(join(folder, program)));
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
