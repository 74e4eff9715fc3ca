import { spawn } from "node:child_process";
import { childEnvironment } from "../ops/config/child-environment";
import type { Command } from "./account";

/** Runs a program to its end and gives what it printed; `signal` kills it. Rejects only when it cannot be started. */
export function runProgram(
  command: Command,
  options: { readonly cwd: string; readonly signal?: AbortSignal | undefined },
): Promise<{ readonly code: number | null; readonly output: string }> {
  const { file, args, uid, gid } = command;
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...args], {
      cwd: options.cwd,
      env: childEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
      // Its own process group: Ctrl-C in the terminal is for this process, which then ends the program itself.
      detached: process.platform !== "win32",
      windowsHide: true,
      ...(uid === undefined || gid === undefined ? {} : { uid, gid }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    const parts: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => parts.push(part));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output: Buffer.concat(parts).toString("utf8") }));
  });
}
