import { parseArgs } from "node:util";

/** What was asked for, in full. */
export type Command =
  | { name: "help" }
  | { name: "user add"; username: string; displayName: string; admin: boolean; passwordFromStdin: boolean }
  | { name: "user passwd"; username: string; passwordFromStdin: boolean }
  | { name: "user disable" | "user enable" | "token create"; username: string }
  | { name: "user list" | "database restored" };

/** What was typed is no command; the message says what is wrong with it. */
export class UsageError extends Error {}

const OPTIONS = {
  "password-stdin": { type: "boolean" },
  name: { type: "string" },
  admin: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

type OptionName = keyof typeof OPTIONS;

/** The options that each command takes. */
const TAKES: Record<Exclude<Command["name"], "help">, readonly OptionName[]> = {
  "user add": ["password-stdin", "name", "admin"],
  "user passwd": ["password-stdin"],
  "user disable": [],
  "user enable": [],
  "user list": [],
  "token create": [],
  "database restored": [],
};

function isCommandName(name: string): name is keyof typeof TAKES {
  return Object.hasOwn(TAKES, name);
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** @throws UsageError */
export function parseCommand(words: readonly string[]): Command {
  const { values, positionals } = parse(words);
  if (values.help || positionals.length === 0 || positionals[0] === "help") return { name: "help" };
  const name = positionals.slice(0, 2).join(" ");
  if (!isCommandName(name)) throw new UsageError(`There is no command "${name}".`);
  for (const option of Object.keys(values)) {
    if (!TAKES[name].some((taken) => taken === option)) {
      throw new UsageError(`"${name}" does not take --${option}.`);
    }
  }
  const [username, ...surplus] = positionals.slice(2);
  if (name === "user list" || name === "database restored") {
    if (username !== undefined) throw new UsageError(`"${name}" takes no name.`);
    return { name };
  }
  if (username === undefined) throw new UsageError(`"${name}" needs the NAME of a user.`);
  if (surplus.length > 0) throw new UsageError(`"${name}" takes one NAME. Put a display name in quotes.`);
  const passwordFromStdin = values["password-stdin"] === true;
  if (name === "user add") {
    const displayName = values.name ?? username;
    return { name, username, displayName, admin: values.admin === true, passwordFromStdin };
  }
  return name === "user passwd" ? { name, username, passwordFromStdin } : { name, username };
}
