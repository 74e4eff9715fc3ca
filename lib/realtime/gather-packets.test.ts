import { expect, it, vi } from "vitest";
import { gatherPackets } from "./gather-packets";

const nextTick = () => new Promise<void>((resolve) => process.nextTick(resolve));

it("flushes once for all packets of a tick, and again in the next", async () => {
  const flush = vi.fn();
  const connection = { flush };
  gatherPackets(connection);
  connection.flush();
  connection.flush();
  expect(flush).not.toHaveBeenCalled();
  await nextTick();
  expect(flush).toHaveBeenCalledTimes(1);
  connection.flush();
  await nextTick();
  expect(flush).toHaveBeenCalledTimes(2);
});
