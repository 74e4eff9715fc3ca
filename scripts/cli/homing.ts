/** The command line for operators; `help` explains it. */
import { isHomingError } from "@/lib/domain/homing-error";
import { EmbeddedError } from "@/lib/embedded/embedded-error";
import { ConfigError } from "@/lib/ops/config/config-error";
import { type Command, parseCommand, UsageError } from "./command";
import { HELP } from "./help";
import { readPassword } from "./read-password";
import { runCommand } from "./run-command";
import { withOperator } from "./with-operator";

const REFUSED = 1;
const WRONG_USAGE = 2;
const NOT_USABLE = 3;

async function run(command: Command): Promise<void> {
  if (command.name === "help") {
    process.stdout.write(HELP);
    return;
  }
  const asksPassword = "passwordFromStdin" in command;
  const password = asksPassword ? await readPassword(command.passwordFromStdin) : "";
  const print = (text: string) => process.stdout.write(`${text}\n`);
  await withOperator((operator) => runCommand(command, password, operator, print));
}

/** What the operator is told of an error, and the exit code. */
function explain(error: unknown): { text: string; code: number } {
  if (error instanceof UsageError) {
    return { text: `${error.message}\n\`npm run homing -- help\` lists the commands.`, code: WRONG_USAGE };
  }
  if (error instanceof ConfigError || error instanceof EmbeddedError) {
    return { text: error.message, code: NOT_USABLE };
  }
  if (isHomingError(error)) {
    const { cause } = error;
    const reason = cause instanceof Error && cause.message !== "" ? ` (${cause.message})` : "";
    return { text: error.message + reason, code: error.code === "unavailable" ? NOT_USABLE : REFUSED };
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { text: `Unexpected: ${text}`, code: REFUSED };
}

try {
  await run(parseCommand(process.argv.slice(2)));
} catch (error) {
  const { text, code } = explain(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = code;
}
