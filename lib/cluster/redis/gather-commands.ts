import type { Writable } from "node:stream";
import { type Cluster, Redis } from "ioredis";

/**
 * From now on, the commands that are sent in one tick leave together, by one system call instead of one each: a batch of
 * messages looks up several parts of the registry and writes an entry to several streams. Their order stays.
 */
export function gatherCommands(client: Redis | Cluster): void {
  if (client instanceof Redis) client.on("connect", () => corkForTheTick(client.stream));
  else client.on("+node", (node: Redis) => gatherCommands(node));
}

/** Whatever is written in one tick leaves at its end; what ends the stream lets it out first, as Node.js does. */
export function corkForTheTick(stream: Writable): void {
  const write = stream.write.bind(stream);
  stream.write = (chunk: unknown, encoding?: BufferEncoding | Done, done?: Done) => {
    if (stream.writableCorked === 0) {
      stream.cork();
      process.nextTick(() => stream.uncork());
    }
    return typeof encoding === "string" ? write(chunk, encoding, done) : write(chunk, encoding ?? done);
  };
}

type Done = (error?: Error | null) => void;
