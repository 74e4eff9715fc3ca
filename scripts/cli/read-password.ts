import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { UsageError } from "./command";

/** Far beyond the longest password. */
const MOST_BYTES = 4_096;

async function fromStream(input: NodeJS.ReadableStream): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of input) {
    const buffer = Buffer.from(part);
    bytes += buffer.length;
    if (bytes > MOST_BYTES) throw new UsageError("What came on standard input is too long for a password.");
    parts.push(buffer);
  }
  return Buffer.concat(parts)
    .toString("utf8")
    .replace(/\r?\n$/, "");
}

/** Shows the question and nothing of what is typed. */
async function ask(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await lines.question("");
  } finally {
    lines.close();
    process.stderr.write("\n");
  }
}

/**
 * The password that the operator gives: from standard input, or typed twice.
 *
 * @throws UsageError when there is nobody to ask, or both are not the same
 */
export async function readPassword(fromStdin: boolean): Promise<string> {
  if (fromStdin) return fromStream(process.stdin);
  if (!process.stdin.isTTY) {
    throw new UsageError("There is nobody to ask for the password: pass it with --password-stdin.");
  }
  const password = await ask("Password: ");
  if ((await ask("Once more: ")) !== password) throw new UsageError("The two passwords are not the same.");
  return password;
}
