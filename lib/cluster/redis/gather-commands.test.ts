import { expect, it } from "vitest";
import { recordingStream } from "@/lib/ops/testing/recording-stream";
import { corkForTheTick } from "./gather-commands";

function corkedStream() {
  const { stream, writes } = recordingStream();
  corkForTheTick(stream);
  return { stream, writes };
}

const nextTick = () => new Promise<void>((resolve) => process.nextTick(resolve));

it("sends the commands of one tick together, in their order, and those of the next apart", async () => {
  const { stream, writes } = corkedStream();
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
  const { stream, writes } = corkedStream();
  stream.write("first");
  stream.write("second");
  await new Promise<void>((resolve) => stream.end(resolve));
  expect(writes.flat()).toEqual(["first", "second"]);
});
