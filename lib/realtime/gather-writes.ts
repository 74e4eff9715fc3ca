import type { Writable } from "node:stream";

type Done = (error?: Error | null) => void;

/** What of a connection below the WebSocket is used here. */
type Connection = Pick<Writable, "write" | "end" | "uncork" | "writableCorked" | "writableNeedDrain">;

/**
 * From now on, what is written to the connection frame by frame, each between `cork` and `uncork`, leaves it together at
 * the end of the tick: as one piece of memory and by one system call, instead of one for each frame. A grouped commit
 * answers and tells many at once, and the calls were the largest part of what a message cost. Order and callbacks stay;
 * what is written outside of frames goes at once, after the frames before it.
 */
export function gatherWrites(connection: Connection): void {
  const write = connection.write.bind(connection);
  const end = connection.end.bind(connection);
  let chunks: (string | Uint8Array)[] = [];
  let waiting: Done[] = [];

  const flush = () => {
    if (chunks.length === 0) return;
    const [gathered, told] = [join(chunks), waiting];
    chunks = [];
    waiting = [];
    write(gathered, (error) => {
      for (const done of told) done(error);
    });
  };

  connection.write = (chunk: unknown, encoding?: BufferEncoding | Done, done?: Done): boolean => {
    if (connection.writableCorked > 0 && isPiece(chunk) && typeof encoding !== "string") {
      if (chunks.length === 0) process.nextTick(flush);
      chunks.push(chunk);
      if (encoding !== undefined) waiting.push(encoding);
      return !connection.writableNeedDrain;
    }
    flush();
    return typeof encoding === "string" ? write(chunk, encoding, done) : write(chunk, encoding ?? done);
  };

  connection.end = (chunk?: unknown, encoding?: BufferEncoding | (() => void), done?: () => void) => {
    flush();
    return typeof encoding === "string" ? end(chunk, encoding, done) : end(chunk, encoding ?? done);
  };
}

function isPiece(chunk: unknown): chunk is string | Uint8Array {
  return typeof chunk === "string" || chunk instanceof Uint8Array;
}

function join(chunks: readonly (string | Uint8Array)[]): Uint8Array {
  let length = 0;
  for (const chunk of chunks) length += typeof chunk === "string" ? Buffer.byteLength(chunk) : chunk.length;
  const joined = Buffer.allocUnsafe(length);
  let offset = 0;
  for (const chunk of chunks) {
    if (typeof chunk === "string") offset += joined.write(chunk, offset);
    else {
      joined.set(chunk, offset);
      offset += chunk.length;
    }
  }
  return joined;
}
