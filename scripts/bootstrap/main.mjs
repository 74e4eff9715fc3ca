/**
 * The frame of every script that `npm run` starts: the project's folder as the working one, and errors as sentences.
 * It and its imports run before anything is installed, on whatever Node.js there is.
 */

import { requireNode } from "./node-version.mjs";
import { BootstrapError, PROJECT } from "./project.mjs";

/** Runs a script's work. An error ends the process with 1, after its sentence, or its stack when nobody foresaw it. */
export async function main(work) {
  try {
    requireNode();
    process.chdir(PROJECT);
    process.env.NEXT_TELEMETRY_DISABLED = "1";
    await work();
  } catch (error) {
    console.error(error instanceof BootstrapError ? `\n${error.message}\n` : error);
    process.exit(1);
  }
}
