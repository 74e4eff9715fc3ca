import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { freePort } from "@/lib/ops/free-port";

const UP_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 50;
/** Debian installs both here, where the PATH of an ordinary user does not look. */
const PATH = `${process.env.PATH ?? ""}:/usr/sbin:/usr/local/sbin`;

/** A load balancer that runs with the configuration of deploy/, in front of nodes on this machine. */
export interface RunningProxy {
  readonly url: string;
  stop(): Promise<void>;
}

type Start = (folder: string, config: string) => Promise<ChildProcess>;

const STARTS: Record<"nginx.conf" | "haproxy.cfg", Start> = {
  "haproxy.cfg": async (folder, config) => {
    const file = join(folder, "haproxy.cfg");
    await writeFile(file, config);
    return launch("haproxy", ["-db", "-f", file]);
  },
  "nginx.conf": async (folder, config) => {
    await writeFile(join(folder, "homing.conf"), config);
    const file = join(folder, "nginx.conf");
    await writeFile(file, nginxAround(folder));
    return launch("nginx", ["-p", folder, "-c", file, "-e", "stderr"]);
  },
};

/** Starts nginx or HAProxy with the file of deploy/, in which only addresses and ports are exchanged. */
export async function runProxy(
  name: keyof typeof STARTS,
  nodePorts: readonly number[],
): Promise<RunningProxy> {
  const folder = await mkdtemp(join(tmpdir(), "homing-proxy-"));
  const port = await freePort();
  const config = withAddresses(await readFile(join("deploy", name), "utf8"), port, nodePorts);
  const child = await STARTS[name](folder, config);
  let said = "";
  for (const output of [child.stdout, child.stderr]) {
    output?.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-5_000);
    });
  }
  const proxy = { url: `http://localhost:${port}`, stop: () => end(child, folder) };
  try {
    await isUp(child, proxy.url, () => said);
    return proxy;
  } catch (error) {
    await proxy.stop();
    throw error;
  }
}

async function end(child: ChildProcess, folder: string): Promise<void> {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
}

function withAddresses(config: string, port: number, nodePorts: readonly number[]): string {
  return config
    .replace(/^( *)(listen|bind) (?::)?80(;?)$/gm, `$1$2 127.0.0.1:${port}$3`)
    .split("\n")
    .flatMap((line) => {
      const number = /\bnode-(\d):3000\b/.exec(line)?.[1];
      if (number === undefined) return [line];
      const nodePort = nodePorts[Number(number) - 1];
      // Fewer nodes than in the file: its line goes.
      return nodePort === undefined ? [] : [line.replace(/node-\d:3000/, `127.0.0.1:${nodePort}`)];
    })
    .join("\n");
}

/** What stands around a site in Debian's nginx.conf, with every folder of our own. */
function nginxAround(folder: string): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join("\n");
  return `daemon off; user ${userInfo().username}; pid ${folder}/nginx.pid; error_log stderr warn; worker_processes 1;
events { worker_connections 1024; }
http { access_log off;
${temporary}
include ${folder}/homing.conf; }
`;
}

function launch(program: string, args: readonly string[]): ChildProcess {
  return spawn(program, args, { env: { ...process.env, PATH }, stdio: "pipe" });
}

async function isUp(child: ChildProcess, url: string, said: () => string): Promise<void> {
  const failed = once(child, "error").then(([error]) => Promise.reject(error));
  const answered = (async () => {
    const deadline = performance.now() + UP_WITHIN_MS;
    while (performance.now() < deadline && child.exitCode === null) {
      const answer = await fetch(`${url}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    throw new Error(`The load balancer did not come up:\n${said()}`);
  })();
  await Promise.race([answered, failed]);
}
