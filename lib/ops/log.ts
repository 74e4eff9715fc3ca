import pino, { type DestinationStream, type Logger as PinoLogger } from "pino";
import type { Config } from "./config/env";
import { cleanFields, escapeUnsafe } from "./log-fields";
import { prettyLine } from "./log-pretty";

/** A structured log. Pass what varies as fields, `log.info({ conversationId }, "opened")`, never inside the sentence. */
export type Logger = PinoLogger;

/**
 * Makes the log of this process, one line an entry on standard output.
 *
 * Promises for every entry, whoever writes it: the values of fields that are named as secrets or as message bodies are
 * left out at any depth; of an error only type, code, message, stack and cause appear; control characters and direction
 * marks in what users typed are escaped, so that nobody can forge or hide lines.
 */
export function createLogger(
  config: Pick<Config, "log" | "node">,
  output: DestinationStream & { isTTY?: boolean } = process.stdout,
): Logger {
  const { level, format } = config.log;
  const colours = output.isTTY === true;
  const pretty = format === "pretty" || (format === "auto" && colours);
  const logger = pino(
    {
      level,
      base: pretty ? null : { node: config.node.name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: cleanFields },
      // The formatter above has described the error already; pino's own serializer would show what drivers add to it.
      serializers: { err: (described: unknown) => described },
    },
    {
      write: (line) => output.write(pretty ? prettyLine(line, colours) : `${escapeUnsafe(line.trimEnd())}\n`),
    },
  );
  return withCleanChildren(logger);
}

/** Formatters do not see the fields that a child logger is made with; its own children inherit this one's `child`. */
function withCleanChildren(logger: Logger): Logger {
  const child = logger.child;
  logger.child = function cleanChild(this: Logger, bindings, options) {
    return child.call(this, cleanFields(bindings), options);
  } as typeof child;
  return logger;
}
