import { parseArgs } from "node:util";

export const USAGE = `npm run cluster -- [--nodes 3] [--routing directed|broadcast] [--port 3000] [--data ./data]

Runs several nodes on this machine behind a small load balancer, with a PostgreSQL (or DATABASE_URL) and a Redis
(redis-server from the PATH, or REDIS_URL, REDIS_SENTINELS, REDIS_CLUSTER_NODES).
`;

/** What was typed is not understood; the message says why. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export interface ClusterOptions {
  readonly nodes: number;
  /** What was asked for, as the variables that the nodes and this process read. */
  readonly environment: Readonly<Record<string, string>>;
}

const MOST_NODES = 16;

const OPTIONS = {
  nodes: { type: "string", default: "3" },
  routing: { type: "string" },
  port: { type: "string" },
  data: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/**
 * Reads the words after `npm run cluster --`; undefined when help was asked for.
 *
 * @throws UsageError
 */
export function readOptions(words: readonly string[]): ClusterOptions | undefined {
  const { nodes, routing, port, data, help } = parse(words);
  if (help === true) return undefined;
  if (!/^\d+$/.test(nodes) || Number(nodes) < 1 || Number(nodes) > MOST_NODES) {
    throw new UsageError(`--nodes must be a number from 1 to ${MOST_NODES}.`);
  }
  if (routing !== undefined && routing !== "directed" && routing !== "broadcast") {
    throw new UsageError("--routing must be directed or broadcast.");
  }
  const environment = Object.entries({ ROUTING: routing, PORT: port, DATA_DIR: data });
  return {
    nodes: Number(nodes),
    environment: Object.fromEntries(
      environment.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
  };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
