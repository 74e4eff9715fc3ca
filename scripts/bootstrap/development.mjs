import { spawn } from "node:child_process";
import { join } from "node:path";
import { PROJECT } from "./project.mjs";

/** What Next reloads by itself in the page: a change there need not restart the server. */
const LEFT_TO_NEXT = [
  "app/**",
  "components/**",
  "messages/**",
  "lib/client/**",
  "public/**",
  ".next*/**",
  "data/**",
];

/** Runs server.ts from its sources and again after each change of a file of the server. Resolves to its exit code. */
export function runInDevelopment() {
  const watch = ["watch", "--clear-screen=false", ...LEFT_TO_NEXT.map((path) => `--exclude=${path}`)];
  const child = spawn(
    process.execPath,
    [join("node_modules", "tsx", "dist", "cli.mjs"), ...watch, "server.ts"],
    {
      cwd: PROJECT,
      stdio: "inherit",
      // A restart should not wait for browsers to move away: they have nowhere to go.
      env: { DRAIN_SECONDS: "0", ...process.env, NODE_ENV: "development" },
    },
  );
  // Ctrl-C reaches the child by itself; this process only waits for it. Other signals are passed on.
  process.on("SIGINT", () => child.exitCode);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 0));
  });
}
