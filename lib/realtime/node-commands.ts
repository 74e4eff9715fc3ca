import { z } from "zod";
import type { RealtimeServer } from "./socket-server";

/** What nodes ask of each other; the answer is whether the one asked is the one meant. */
const drainCommand = z.object({ instance: z.string(), draining: z.boolean() });

export interface NodeCommands {
  /**
   * Has the node with this id drain, or let people in again, wherever it runs. False when no node says that it did, within
   * about five seconds.
   */
  setDraining(instance: string, draining: boolean): Promise<boolean>;
}

/** Commands between nodes, by the same bus as what people are told; never to or from clients. */
export function createNodeCommands(options: {
  io: RealtimeServer;
  /** This node. */
  instance: string;
  /** There are no others to ask. */
  isAlone: boolean;
  onDrain: (draining: boolean) => void;
}): NodeCommands {
  const { io, instance, isAlone, onDrain } = options;

  io.on("node:drain", (command, answer) => {
    const parsed = drainCommand.safeParse(command);
    const isMeant = parsed.success && parsed.data.instance === instance;
    if (isMeant) onDrain(parsed.data.draining);
    answer(isMeant);
  });

  return {
    async setDraining(target, draining) {
      if (target === instance) {
        onDrain(draining);
        return true;
      }
      if (isAlone) return false;
      return new Promise((resolve) => {
        // A node that is missing makes it an error; the answers of the others come along.
        io.serverSideEmit("node:drain", { instance: target, draining }, (_missing, answers) =>
          resolve((answers ?? []).includes(true)),
        );
      });
    },
  };
}
