import { Writable } from "node:stream";
import { expect, it } from "vitest";
import { gatherWrites } from "./gather-writes";

/** Notes the chunks of each write that leaves it. */
function recordingConnection() {
  const writes: string[][] = [];
  const connection = new Writable({
    decodeStrings: false,
    writev(chunks, done) {
      writes.push(chunks.map(({ chunk }) => String(chunk)));
      done();
    },
  });
  const frame = (head: string, body: string) => {
    connection.cork();
    connection.write(head);
    connection.write(body);
    connection.uncork();
  };
  return { connection, writes, frame };
}

const nextTick = () => new Promise<void>((resolve) => process.nextTick(resolve));

it("sends the frames of one tick together, in their order, and those of the next apart", async () => {
  const { connection, writes, frame } = recordingConnection();
  gatherWrites(connection);
  frame("a", "1");
  frame("b", "2");
  frame("c", "3");
  expect(writes).toEqual([]);
  await nextTick();
  expect(writes).toEqual([["a", "1", "b", "2", "c", "3"]]);
  frame("d", "4");
  await nextTick();
  expect(writes).toEqual([
    ["a", "1", "b", "2", "c", "3"],
    ["d", "4"],
  ]);
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
