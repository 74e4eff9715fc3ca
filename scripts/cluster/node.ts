import { type Backend, createBackend } from "./balancer/backends";
import { inDist } from "./dist";
import { Member } from "./member";
import type { Voice } from "./voices";

/** One node: its process, and what the balancer knows of it. */
export interface ClusterNode {
  readonly member: Member;
  readonly backend: Backend;
}

export interface NodeOptions {
  readonly number: number;
  readonly port: number;
  /** What all nodes share: database, bus, secret. */
  readonly environment: NodeJS.ProcessEnv;
  readonly voice: Voice;
  /** The path of a set-up link, which a node makes at its start while there is no account. Only the newest one works. */
  readonly onSetupPath: (path: string) => void;
}

export const nodeName = (number: number) => `node-${number}`;

/** Prepares a node of the production build, as `npm start` runs it; start its member, then wait for its backend. */
export function createNode({ number, port, environment, voice, onSetupPath }: NodeOptions): ClusterNode {
  const name = nodeName(number);
  const backend = createBackend(name, port);
  const member = new Member({
    name,
    command: [process.execPath, "--enable-source-maps", inDist("server.js")],
    environment: { ...environment, NODE_NAME: name, PORT: String(port), HOST: "127.0.0.1" },
    onLine(line) {
      const path = /\/setup\?token=[\w-]+/.exec(line)?.[0];
      if (path !== undefined) onSetupPath(path);
      // The address of a node alone is not the one that people should use.
      else if (line !== "" && !line.startsWith("  Homing is at ")) voice(line);
    },
    onEnd(how, expected) {
      backend.health = "unreachable";
      voice(`has ended (${how}${expected ? "" : ", by itself"}); "start ${number}" brings it back`);
    },
  });
  return { member, backend };
}

const READY_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 50;

/** Resolves to true when the balancer may use the node; to false when it has ended, or is not ready after a minute. */
export async function becameReady({ member, backend }: ClusterNode): Promise<boolean> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (backend.health !== "ready") {
    if (member.state === "stopped" || performance.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return true;
}
