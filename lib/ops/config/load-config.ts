import { loadDotEnv } from "./dot-env";
import { type Config, readConfig } from "./env";

/**
 * The settings of this process: the environment, and below it the `.env` file of the working directory.
 *
 * @throws ConfigError naming everything that is wrong
 */
export function loadConfig(): Config {
  loadDotEnv(process.cwd());
  return readConfig(process.env);
}
