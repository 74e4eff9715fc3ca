import { expect, it } from "vitest";
import { recordingStream } from "@/lib/ops/testing/recording-stream";
import { gatherWrites } from "./gather-writes";

function recordingConnection() {
  const { stream: connection, writes } = recordingStream();
  const frame = (head: string, body: string | Buffer, done?: (error?: Error | null) => void) => {
    connection.cork();
    connection.write(head);
    connection.write(body, done);
    connection.uncork();
  };
  return { connection, writes, frame };
}

const nextTick = () => new Promise<void>((resolve) => process.nextTick(resolve));

it("sends the frames of one tick as one, in their order, and those of the next apart", async () => {
  const { connection, writes, frame } = recordingConnection();
  gatherWrites(connection);
  frame("a", "1");
  frame("b", Buffer.from("é"));
  frame("c", "日本");
  expect(writes).toEqual([]);
  await nextTick();
  expect(writes).toEqual([["a1béc日本"]]);
  frame("d", "4");
  await nextTick();
  expect(writes).toEqual([["a1béc日本"], ["d4"]]);
});

it("sends each frame by itself without it", () => {
  const { writes, frame } = recordingConnection();
  frame("a", "1");
  frame("b", "2");
  expect(writes).toEqual([
    ["a", "1"],
    ["b", "2"],
  ]);
});

it("tells whoever asked when a frame is written, and what went wrong with it", async () => {
  const { connection, frame } = recordingConnection();
  gatherWrites(connection);
  await new Promise((resolve) => frame("a", "1", resolve));
  connection.on("error", () => undefined);
  const failure = new Promise((resolve) => frame("b", "2", resolve));
  connection.destroy();
  await expect(failure).resolves.toBeInstanceOf(Error);
});

it("sends what is no frame, and the end, after the frames before it", async () => {
  const { connection, writes, frame } = recordingConnection();
  gatherWrites(connection);
  frame("a", "1");
  connection.write("HTTP/1.1 400 Bad Request");
  expect(writes).toEqual([["a1"], ["HTTP/1.1 400 Bad Request"]]);
  frame("b", "2");
  const finished = new Promise<void>((resolve) => connection.end(resolve));
  await finished;
  expect(writes.at(-1)).toEqual(["b2"]);
});
