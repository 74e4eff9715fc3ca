import { type ChildProcess, execFile, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const COMES_UP_WITHIN_MS = 120_000;
const ANSWERS_WITHIN_MS = 60_000;

/** `npm run cluster` as somebody at a terminal drives it: by lines in, and what it says. */
export class RunningCluster {
  readonly #folder: string;
  readonly #process: ChildProcess;
  readonly #news = new EventEmitter();
  #output = "";

  private constructor(folder: string, child: ChildProcess) {
    this.#folder = folder;
    this.#process = child;
    child.once("exit", () => this.#news.emit("more"));
    child.stdout?.on("data", (chunk: Buffer) => this.#heard(chunk.toString()));
    child.stderr?.on("data", (chunk: Buffer) => this.#heard(chunk.toString()));
  }

  /** Brings up that many nodes on an empty data folder and waits until all are ready. */
  static async start(nodes: number, routing: "directed" | "broadcast"): Promise<RunningCluster> {
    const folder = await mkdtemp(join(tmpdir(), "homing cluster "));
    const words = [
      ...["--nodes", String(nodes), "--routing", routing],
      ...["--port", "0", "--data", join(folder, "data")],
    ];
    const child = spawn(process.execPath, ["dist/cluster.js", ...words], {
      env: { ...process.env, NODE_ENV: "production", HOST: "127.0.0.1" },
      stdio: "pipe",
    });
    // A test run that is broken off leaves nothing behind either.
    const endWithUs = () => child.kill("SIGTERM");
    process.once("exit", endWithUs);
    child.once("exit", () => process.off("exit", endWithUs));
    const cluster = new RunningCluster(folder, child);
    await cluster.#says(/Commands: /, COMES_UP_WITHIN_MS);
    return cluster;
  }

  /** Everything that was said so far. */
  get output(): string {
    return this.#output;
  }

  /** The address of the balancer. */
  get url(): string {
    const address = /Homing is at (\S+),/.exec(this.#output)?.[1];
    if (address === undefined) throw new Error(`No address was printed:\n${this.#output}`);
    return address;
  }

  /** The ports of the nodes, without the balancer. */
  get ports(): number[] {
    const addresses = this.#output.matchAll(/ {2}node-\d+ {2}http:\/\/127\.0\.0\.1:(\d+)/g);
    return [...addresses].map(([, port]) => Number(port));
  }

  /** Types a line and waits until the cluster says what is expected, from then on. */
  async command(line: string, expected: RegExp): Promise<RegExpExecArray> {
    const said = this.#says(expected, ANSWERS_WITHIN_MS);
    this.#process.stdin?.write(`${line}\n`);
    return await said;
  }

  /** An account with an API token, by the operator's command line. */
  async makeToken(username: string): Promise<string> {
    await this.operate(["user", "add", username, "--password-stdin"], "correct horse battery");
    return (await this.operate(["token", "create", username])).trim();
  }

  /** The processes that belong to it now, itself included. */
  async processes(): Promise<number[]> {
    const { input } = await this.command("status", /redis: \w+, pid \d+\n/);
    return [this.#process.pid ?? 0, ...[...input.matchAll(/pid (\d+)/g)].map(([, pid]) => Number(pid))];
  }

  /** Ends it by a signal, once; gives the exit code. */
  async end(signal: "SIGTERM" | "SIGINT"): Promise<number | null> {
    if (this.#process.exitCode === null) {
      const ended = once(this.#process, "exit");
      this.#process.kill(signal);
      await ended;
    }
    return this.#process.exitCode;
  }

  async dispose(): Promise<void> {
    await this.end("SIGTERM");
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  /** Runs the operator's command line against this cluster's data; gives what it printed. */
  async operate(words: readonly string[], input = ""): Promise<string> {
    const env = { ...process.env, DATA_DIR: join(this.#folder, "data") };
    const command = run(process.execPath, ["dist/homing.js", ...words], { env });
    command.child.stdin?.end(input);
    return (await command).stdout;
  }

  #heard(text: string): void {
    this.#output += text;
    this.#news.emit("more");
  }

  /** Resolves with the first match in what is said from now on. */
  async #says(expected: RegExp, withinMs: number): Promise<RegExpExecArray> {
    const from = this.#output.length;
    const deadline = performance.now() + withinMs;
    const timer = setTimeout(() => this.#news.emit("more"), withinMs + 1);
    try {
      for (;;) {
        const match = expected.exec(this.#output.slice(from));
        if (match !== null) return match;
        if (performance.now() > deadline || this.#process.exitCode !== null) {
          throw new Error(`It never said ${expected}:\n${this.#output.slice(-5_000)}`);
        }
        await once(this.#news, "more");
      }
    } finally {
      clearTimeout(timer);
    }
  }
}
