import { existsSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "./config-error";

/**
 * Adds the variables of the `.env` file in `directory`, when there is one, to the environment of this process.
 * What is set already wins.
 *
 * @throws ConfigError when the file is there but cannot be read; a file that is silently ignored would surprise.
 */
export function loadDotEnv(directory: string): void {
  const file = join(directory, ".env");
  if (!existsSync(file)) return;
  if (typeof process.loadEnvFile !== "function") {
    throw new ConfigError([`.env is read by Node.js 20.12 and newer; this is ${process.version}`]);
  }
  try {
    process.loadEnvFile(file);
  } catch (error) {
    throw new ConfigError([`.env cannot be read: ${error instanceof Error ? error.message : String(error)}`]);
  }
}
