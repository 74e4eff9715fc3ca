import { COMMANDS, type Command, type Verb } from "./command";
import type { Member } from "./member";
import { becameReady, type ClusterNode } from "./node";
import type { Voice } from "./voices";

export interface ControlOptions {
  readonly nodes: readonly ClusterNode[];
  /** Undefined when the Redis is somebody else's. */
  readonly redis: Member | undefined;
  readonly say: Voice;
  readonly quit: () => void;
}

/** Carries commands out. Resolves when the command is done: a node that was started is ready then. */
export function createControls({ nodes, redis, say, quit }: ControlOptions) {
  async function start(node: ClusterNode): Promise<void> {
    await node.member.ended();
    node.member.start();
    say(
      (await becameReady(node)) ? `${node.member.name} is ready` : `${node.member.name} did not become ready`,
    );
  }

  async function stop({ member, backend }: ClusterNode): Promise<void> {
    // The balancer need not find out: the node says the same from now on.
    backend.health = "unready";
    await member.stop();
    say(`${member.name} is stopped`);
  }

  function kill(member: Member): void {
    member.kill();
    say(`${member.name} is killed`);
  }

  /** One after the other, so that the rest always serves. */
  async function restart(chosen: readonly ClusterNode[]): Promise<void> {
    for (const node of chosen) {
      await stop(node);
      await start(node);
    }
    if (chosen.length > 1) say("all nodes are restarted");
  }

  async function controlNodes(verb: Verb, chosen: readonly ClusterNode[]) {
    if (verb === "restart") return restart(chosen);
    if (verb === "start") return void (await Promise.all(chosen.map(start)));
    if (verb === "stop") return void (await Promise.all(chosen.map(stop)));
    for (const { member } of chosen) {
      if (verb === "kill") kill(member);
      else {
        member[verb]();
        say(`${member.name} is ${member.state}`);
      }
    }
  }

  async function controlRedis(verb: Verb): Promise<void> {
    if (redis === undefined) return say("The Redis is not ours: it was given by the environment.");
    if (verb === "kill") return kill(redis);
    if (verb === "pause" || verb === "resume") redis[verb]();
    if (verb === "stop" || verb === "restart") await redis.stop();
    if (verb === "start" || verb === "restart") {
      await redis.ended();
      redis.start();
    }
    say(`redis is ${redis.state}`);
  }

  function showStatus(): void {
    for (const { member, backend } of nodes) {
      const { name, state, pid } = member;
      say(
        `${name}: ${state}, ${backend.health}, ${backend.connections} connections, ${backend.origin}` +
          (pid === undefined ? "" : `, pid ${pid}`),
      );
    }
    if (redis !== undefined)
      say(`redis: ${redis.state}${redis.pid === undefined ? "" : `, pid ${redis.pid}`}`);
  }

  function showHelp(): void {
    for (const line of COMMANDS.trimEnd().split("\n")) say(line);
  }

  const others = { status: showStatus, help: showHelp, quit };

  return async (command: Command): Promise<void> => {
    if (!("target" in command)) return others[command.verb]();
    const { verb, target } = command;
    if (target === "redis") return controlRedis(verb);
    await controlNodes(verb, target === "all" ? nodes : nodes.slice(target - 1, target));
  };
}
