import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "@/lib/ops/free-port";

const run = promisify(execFile);

export interface ServerOptions {
  environment?: Record<string, string>;
  /** Another build of the server than the one in `dist`. */
  program?: string;
}

/**
 * A real server of its own: the built product as `npm start` runs it, with its PostgreSQL in a temporary folder unless
 * the environment names another one.
 */
export class HomingServer {
  readonly url: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #folder: string;
  readonly #program: string;
  #process: ChildProcess | undefined;
  #output = "";

  private constructor(folder: string, port: number, { environment = {}, program }: ServerOptions) {
    this.#folder = folder;
    this.#program = program ?? "dist/server.js";
    this.url = `http://localhost:${port}`;
    this.#environment = {
      ...process.env,
      NODE_ENV: "production",
      PORT: String(port),
      HOST: "127.0.0.1",
      DATA_DIR: this.dataFolder,
      LOG_FORMAT: "json",
      ...environment,
    };
  }

  /** Where the server keeps everything. */
  get dataFolder(): string {
    return join(this.#folder, "data");
  }

  /** The process that runs now. */
  get pid(): number {
    if (this.#process?.pid === undefined) throw new Error("The server does not run.");
    return this.#process.pid;
  }

  /** Brings a server up on an empty data folder and waits until it is ready. */
  static async start(environment: Record<string, string> = {}): Promise<HomingServer> {
    const server = await HomingServer.prepare({ environment });
    await server.resume();
    return server;
  }

  /** One that does not run yet; `resume` starts it. */
  static async prepare(options: ServerOptions): Promise<HomingServer> {
    const folder = await mkdtemp(join(tmpdir(), "homing e2e "));
    return new HomingServer(folder, await freePort(), options);
  }

  /** Starts the process again after `kill`, on the same port and data. */
  async resume(): Promise<void> {
    const child = spawn(process.execPath, [this.#program], { env: this.#environment, stdio: "pipe" });
    this.#process = child;
    const collect = (chunk: Buffer) => {
      this.#output = (this.#output + chunk.toString()).slice(-100_000);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    await this.#ready(child);
  }

  /** Ends the process and waits for its end. SIGTERM lets it drain; SIGKILL does not. */
  async kill(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }

  /** Ends everything and removes the data. */
  async dispose(): Promise<void> {
    await this.kill("SIGTERM");
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  /** The end of what it printed, for whoever looks for the cause of a failure. */
  get output(): string {
    return this.#output;
  }

  /** The one-time link that was printed while there was no account. */
  setupLink(): string {
    const path = /\/setup\?token=[\w-]+/.exec(this.#output)?.[0];
    if (path === undefined) throw new Error(`No set-up link was printed:\n${this.#output}`);
    return this.url + path;
  }

  /** Runs the operator's command line against this server's data. */
  async operate(words: readonly string[], input = ""): Promise<string> {
    const command = run(process.execPath, ["dist/homing.js", ...words], { env: this.#environment });
    command.child.stdin?.end(input);
    return (await command).stdout;
  }

  async #ready(child: ChildProcess): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline) {
      if (child.exitCode !== null)
        throw new Error(`The server ended with ${child.exitCode}:\n${this.#output}`);
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`The server was not ready in time:\n${this.#output}`);
  }
}
