import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export type MemberState = "stopped" | "running" | "paused" | "stopping";

export interface MemberOptions {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
  readonly environment: NodeJS.ProcessEnv;
  /** What the program reads on standard input. */
  readonly input?: string;
  /** Every line that it prints. */
  readonly onLine: (line: string) => void;
  /** It has ended; `how` such as `exit code 1`. `expected`: by a command of ours. */
  readonly onEnd: (how: string, expected: boolean) => void;
}

/** A drain takes ten seconds, and the whole shutdown of a node fifteen. */
const STOP_WITHIN_MS = 20_000;

/** One process of the cluster, which is started and ended in every way that happens to processes. */
export class Member {
  readonly name: string;
  readonly #options: MemberOptions;
  #child: ChildProcess | undefined;
  #state: MemberState = "stopped";

  constructor(options: MemberOptions) {
    this.name = options.name;
    this.#options = options;
  }

  get state(): MemberState {
    return this.#state;
  }

  /** Undefined while it does not run. */
  get pid(): number | undefined {
    return this.#state === "stopped" ? undefined : this.#child?.pid;
  }

  /** Starts the process, unless it runs. It is not ready then; see the health of its backend. */
  start(): void {
    if (this.#state !== "stopped") return;
    const [program, ...args] = this.#options.command;
    // A process group of its own: Ctrl-C must reach this process only, which ends the others in order.
    const child = spawn(program, args, { env: this.#options.environment, detached: true, stdio: "pipe" });
    this.#child = child;
    this.#state = "running";
    child.stdin.on("error", () => child.stdin.destroy());
    child.stdin.end(this.#options.input ?? "");
    for (const output of [child.stdout, child.stderr]) {
      createInterface({ input: output }).on("line", this.#options.onLine);
    }
    child.once("error", (error) => this.#ended(child, error.message));
    child.once("exit", (code, signal) => {
      this.#ended(child, signal === null ? `exit code ${code}` : signal);
    });
  }

  /** Asks it to end and waits; it is killed when it has not ended after 20 s. A paused one cannot be asked. */
  async stop(): Promise<void> {
    const child = this.#living();
    if (child === undefined) return;
    const ended = once(child, "exit");
    if (this.#state === "paused") child.kill("SIGCONT");
    this.#state = "stopping";
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS);
    await ended;
    clearTimeout(timer);
  }

  /** Ends it at once, as a crash of its machine would. Does not wait. */
  kill(): void {
    const child = this.#living();
    if (child === undefined) return;
    this.#state = "stopping";
    child.kill("SIGKILL");
  }

  /** Resolves when it does not run. */
  async ended(): Promise<void> {
    const child = this.#living();
    if (child !== undefined) await once(child, "exit");
  }

  /** Stops it from running, as an overloaded machine or a laptop that sleeps does. */
  pause(): void {
    if (this.#state !== "running") return;
    this.#state = "paused";
    this.#child?.kill("SIGSTOP");
  }

  resume(): void {
    if (this.#state !== "paused") return;
    this.#state = "running";
    this.#child?.kill("SIGCONT");
  }

  #living(): ChildProcess | undefined {
    return this.#state === "stopped" ? undefined : this.#child;
  }

  #ended(child: ChildProcess, how: string): void {
    if (this.#child !== child || this.#state === "stopped") return;
    const expected = this.#state === "stopping";
    this.#state = "stopped";
    this.#options.onEnd(how, expected);
  }
}
