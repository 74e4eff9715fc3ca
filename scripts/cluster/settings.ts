import { loadDotEnv } from "@/lib/ops/config/dot-env";
import { type Config, readConfig } from "@/lib/ops/config/env";

const OF_THE_BUS = /^(REDIS_|ROUTING$)/;

/**
 * The settings of the cluster's own process: those of a node that is alone. What concerns the bus is for the nodes, which
 * check it themselves: here there may be no Redis yet, and the secret that they share is not made yet.
 *
 * @throws ConfigError naming everything that is wrong
 */
export function loadClusterConfig(environment: Readonly<Record<string, string>>): Config {
  Object.assign(process.env, environment);
  loadDotEnv(process.cwd());
  const alone = Object.entries(process.env).filter(([name]) => !OF_THE_BUS.test(name));
  return readConfig(Object.fromEntries(alone));
}
