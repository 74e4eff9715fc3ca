/** `npm run cluster`: several nodes on this machine as one, for trying it out, demos and tests. */
import { EmbeddedError } from "@/lib/embedded/embedded-error";
import { ListenError } from "@/lib/http/listening";
import { ConfigError } from "@/lib/ops/config/config-error";
import { createLifecycle } from "@/lib/ops/lifecycle";
import { createLogger } from "@/lib/ops/log";
import { readOptions, USAGE, UsageError } from "./options";
import { NoRedisError } from "./redis";
import { NodeError, type Running, runCluster } from "./run-cluster";
import { loadClusterConfig } from "./settings";
import { createVoices } from "./voices";

/** Nodes have fifteen seconds for their own shutdown, and PostgreSQL some after them. */
const SHUTDOWN_DEADLINE_MS = 45_000;
const NAME_WIDTH = "cluster".length;

/** Errors that whoever typed the command can mend are told as sentences. */
function isForOperator(error: unknown): error is Error {
  const kinds = [ConfigError, EmbeddedError, ListenError, NoRedisError, NodeError, UsageError];
  return kinds.some((kind) => error instanceof kind);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) {
    process.stdout.write(USAGE);
    return;
  }
  const config = loadClusterConfig(options.environment);
  const colours = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  const voiceOf = createVoices(process.stdout, colours, NAME_WIDTH);
  const say = voiceOf("cluster");
  const log = createLogger(
    { ...config, log: { ...config.log, format: "pretty" } },
    { write: (line) => say(line.trimEnd()) },
  );
  const members: Running["members"] = new Set();
  // Whatever ends this process, nothing that it has started stays behind.
  process.once("exit", () => {
    for (const member of members) member.kill();
  });
  const lifecycle = createLifecycle({
    log,
    deadlineMs: SHUTDOWN_DEADLINE_MS,
    exit: (code) => process.exit(code),
  });
  lifecycle.listen(process);
  try {
    await runCluster({ count: options.nodes, config, log, lifecycle, voiceOf, say, members });
  } catch (error) {
    if (lifecycle.signal.aborted) return;
    if (isForOperator(error)) process.stderr.write(`\n${error.message}\n\n`);
    else log.fatal({ err: error }, "could not start");
    await lifecycle.shutdown("could not start", 1);
  }
}

main().catch((error: unknown) => {
  const text = isForOperator(error) ? `${error.message}\n\n${USAGE}` : error;
  process.stderr.write(`\n${text instanceof Error ? text.stack : text}\n`);
  process.exit(1);
});
