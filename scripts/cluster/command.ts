/** The verbs and their letters. */
const VERBS = {
  kill: "k",
  stop: "s",
  start: "b",
  restart: "r",
  pause: "p",
  resume: "c",
} as const;

/** What can be done to a member. */
export type Verb = keyof typeof VERBS;

export type Command =
  | { readonly verb: Verb; readonly target: "all" | "redis" | number }
  | { readonly verb: "status" | "help" | "quit" };

export const COMMANDS = `kill 1 (k1)  end a node at once        stop 1 (s1)    let it drain and end
start 1 (b1) bring it back              restart 1 (r1) stop, or leave it dead, then start
pause 1 (p1) stop it from running       resume 1 (c1)  let it run again
restart all (ra): one after the other   status (?)     quit (q)
"redis" and "all" stand in the place of a number, too. Every command ends with Enter.
`;

const SHORT = new Map(Object.entries(VERBS).map(([verb, letter]) => [letter as string, verb]));

/** Reads one line; undefined when it is no command for a cluster of so many nodes. */
export function parseCommand(line: string, nodes: number): Command | undefined {
  const text = line.trim().toLowerCase();
  if (text === "status" || text === "?") return { verb: "status" };
  if (text === "help" || text === "h") return { verb: "help" };
  if (text === "quit" || text === "q") return { verb: "quit" };
  const [, word = "", name = ""] = /^([a-z]+)\s+(\w+)$/.exec(text) ?? /^([a-z])(\d+|a)$/.exec(text) ?? [];
  const verb = SHORT.get(word) ?? word;
  const target = readTarget(name, nodes);
  return isVerb(verb) && target !== undefined ? { verb, target } : undefined;
}

function isVerb(word: string): word is Verb {
  return Object.hasOwn(VERBS, word);
}

function readTarget(name: string, nodes: number): "all" | "redis" | number | undefined {
  if (name === "all" || name === "a") return "all";
  if (name === "redis") return "redis";
  const number = /^\d{1,3}$/.test(name) ? Number(name) : 0;
  return number >= 1 && number <= nodes ? number : undefined;
}
