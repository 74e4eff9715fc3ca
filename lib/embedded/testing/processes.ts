import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Client } from "pg";
import { z } from "zod";
import { childEnvironment } from "../../ops/config/child-environment";

const wordSchema = z.object({
  url: z.string().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
});

export interface JoinedProcess {
  readonly child: ChildProcess;
  /** What it said: the address, or why it has none. Rejects when it ended without a word. */
  readonly word: Promise<z.infer<typeof wordSchema>>;
  end(signal: NodeJS.Signals): Promise<void>;
}

/** Starts another process on the data folder; as the given user when this one is root. */
export function joinFromProcess(dataDir: string, user?: { uid: number; gid: number }): JoinedProcess {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", join(import.meta.dirname, "join-embedded.ts"), dataDir],
    { stdio: ["ignore", "pipe", "inherit"], env: childEnvironment(), ...(user ?? {}) },
  );
  const exited = once(child, "exit");
  const word = firstLine(child);
  // Whoever kills the process before it speaks need not listen.
  word.catch(() => undefined);
  return {
    child,
    word,
    end: async (signal) => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exited;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<z.infer<typeof wordSchema>> {
  if (child.stdout === null) throw new Error("The process has no output.");
  for await (const line of createInterface({ input: child.stdout }))
    return wordSchema.parse(JSON.parse(line));
  throw new Error("The process ended without a word.");
}

/** Runs one statement on a connection of its own. */
export async function query(url: string | undefined, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  // A server that is killed breaks the connection; the statement under way rejects too.
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows;
  } finally {
    await client.end();
  }
}
