import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The operator's command line with the environment of this process, for a cluster that somebody else started. */
export async function operateOutside(words: readonly string[], input = ""): Promise<string> {
  const command = run(process.execPath, ["dist/homing.js", ...words]);
  command.child.stdin?.end(input);
  return (await command).stdout;
}
