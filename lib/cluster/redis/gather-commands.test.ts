import { Writable } from "node:stream";
import { expect, it } from "vitest";
import { corkForTheTick } from "./gather-commands";

function recordingStream() {
  const writes: string[][] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      writes.push([String(chunk)]);
      done();
    },
    writev(chunks, done) {
      writes.push(chunks.map(({ chunk }) => String(chunk)));
      done();
    },
  });
  corkForTheTick(stream);
  return { stream, writes };
}

const nextTick = () => new Promise<void>((resolve) => process.nextTick(resolve));

it("sends the commands of one tick together, in their order, and those of the next apart", async () => {
  const { stream, writes } = recordingStream();
  stream.write("first");
  stream.write("second");
  expect(writes).toEqual([]);
  await nextTick();
  expect(writes).toEqual([["first", "second"]]);
  stream.write("third");
  await nextTick();
  expect(writes).toEqual([["first", "second"], ["third"]]);
});

it("lets out what waits when the stream ends", async () => {
  const { stream, writes } = recordingStream();
  stream.write("first");
  stream.write("second");
  await new Promise<void>((resolve) => stream.end(resolve));
  expect(writes.flat()).toEqual(["first", "second"]);
});
