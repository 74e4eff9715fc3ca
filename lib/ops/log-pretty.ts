import { z } from "zod";
import { escapeUnsafe } from "./log-fields";

const entrySchema = z.looseObject({
  level: z.string(),
  time: z.string(),
  msg: z.string().optional(),
  err: z.looseObject({ message: z.string().optional(), stack: z.string().optional() }).optional(),
});

const COLOURS: Readonly<Record<string, number>> = {
  fatal: 35,
  error: 31,
  warn: 33,
  info: 36,
  debug: 90,
  trace: 90,
};

/** Turns one JSON line of the log into lines for eyes: time, level, sentence, fields; an error's stack below them. */
export function prettyLine(line: string, colours: boolean): string {
  const { level, time, msg, err, ...fields } = entrySchema.parse(JSON.parse(line));
  const paint = (code: number, text: string) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
  const rest = Object.entries(fields)
    .map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" ");
  const head = [
    paint(90, time.slice(11, 19)),
    paint(COLOURS[level] ?? 0, level.padEnd(5)),
    msg === undefined ? "" : escapeUnsafe(msg),
    paint(90, escapeUnsafe(rest)),
  ].join(" ");
  return `${[head.trimEnd(), ...indented(err?.stack ?? err?.message)].join("\n")}\n`;
}

function indented(text: string | undefined): string[] {
  return (text?.split("\n") ?? []).map((line) => `    ${escapeUnsafe(line)}`);
}
