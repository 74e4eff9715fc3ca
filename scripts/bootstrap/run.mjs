import { spawn } from "node:child_process";
import { PROJECT } from "./project.mjs";

/**
 * Runs a program to its end, what it prints on our standard error (or `output`). Resolves to its exit code; 1 when it
 * was killed. A signal that is meant for all, such as Ctrl-C, ends it too, and then this process.
 */
export function run(program, args, { env = process.env, output = ["ignore", 2, 2] } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: PROJECT, env, stdio: output, windowsHide: true });
    const forward = (signal) => {
      child.kill(signal);
      child.once("exit", () => process.exit(130));
    };
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, forward);
    child.once("error", reject);
    child.once("exit", (code) => {
      for (const signal of ["SIGINT", "SIGTERM"]) process.off(signal, forward);
      resolve(code ?? 1);
    });
  });
}

/** Runs one of the project's own tools with this Node.js. */
export function runScript(path, args, options) {
  return run(process.execPath, [path, ...args], options);
}
