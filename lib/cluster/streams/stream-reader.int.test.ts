import { afterEach, beforeEach, expect, it } from "vitest";
import type { RedisConnections } from "../redis/connect-redis";
import { connectFor } from "../testing/connect";
import { type RedisProcess, startRedis } from "../testing/redis";
import { waitUntil } from "../testing/wait-until";
import { BEFORE_ALL } from "./entry-id";
import { StreamReader } from "./stream-reader";

const KEY = "stream";
let server: RedisProcess;
let redis: RedisConnections;
let stop: AbortController;
let read: string[];
let gaps: string[];

beforeEach(async () => {
  server = await startRedis();
  redis = connectFor({ kind: "single", url: server.url });
  stop = new AbortController();
  read = [];
  gaps = [];
});

afterEach(async () => {
  stop.abort();
  redis.close();
  await server.remove();
});

function startReader(after = BEFORE_ALL, count = 100): StreamReader {
  return new StreamReader({
    client: redis.blocking("reader", 200),
    key: KEY,
    after,
    blockMs: 200,
    count,
    signal: stop.signal,
    onEntries: (entries) => read.push(...entries.map((entry) => entry.fields[1] ?? "")),
    onGap: (gap) => gaps.push(gap),
    onError: () => undefined,
  });
}

async function write(from: number, to: number): Promise<string[]> {
  const values = Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
  await Promise.all(values.map((value) => redis.commands("writer").run("xadd", KEY, "*", "value", value)));
  return values;
}

it("reads everything once and in order, also what was there before", async () => {
  const before = await write(1, 250);
  startReader();
  const after = await write(251, 500);
  await waitUntil("all are read", () => read.length >= 500);
  expect(read).toEqual([...before, ...after]);
  expect(gaps).toEqual([]);
});

it("begins after the given entry", async () => {
  await write(1, 3);
  const last = (await server.cli("xrevrange", KEY, "+", "-", "count", "1")).split("\n")[0] ?? "";
  const reader = startReader(last);
  expect(reader.offset).toBe(last);
  await write(4, 5);
  await waitUntil("the new ones are read", () => read.length === 2);
  expect(read).toEqual(["4", "5"]);
});

it("loses nothing of what was written while the server did not answer", async () => {
  startReader();
  await write(1, 10);
  await waitUntil("the first are read", () => read.length === 10);
  server.pause();
  const written = write(11, 20);
  server.resume();
  await written;
  await waitUntil("the others are read", () => read.length === 20);
  expect(gaps).toEqual([]);
});

it("tells when the server came back without the stream, and reads the new one from its start", async () => {
  startReader();
  await write(1, 10);
  await waitUntil("the first are read", () => read.length === 10);
  await server.kill();
  await server.start();
  await waitUntil("the loss shows", () => gaps.includes("stream_lost"));
  await write(11, 12);
  await waitUntil("the new ones are read", () => read.length === 12);
  expect(gaps).toEqual(["stream_lost"]);
});

it("tells when the new stream's clock lies before the old one's, where a plain read would wait for ever", async () => {
  await server.cli("xadd", KEY, "99999999999999-0", "value", "from the future");
  startReader();
  await waitUntil("it is read", () => read.length === 1);
  await server.cli("flushall");
  await write(1, 2);
  await waitUntil("the new ones are read", () => read.length === 3);
  expect(gaps).toEqual(["stream_lost"]);
});

it("tells when entries were trimmed before they were read", async () => {
  startReader(BEFORE_ALL, 10);
  await write(1, 5);
  await waitUntil("the first are read", () => read.length === 5);
  // In one step, so that the reader sees the stream before it or after it only.
  const script = `for i = 6, 40 do redis.call('XADD', KEYS[1], 'MAXLEN', 20, '*', 'value', i) end`;
  await server.cli("eval", script, "1", KEY);
  await waitUntil("what is left is read", () => read.at(-1) === "40");
  expect(gaps).toEqual(["trimmed"]);
  expect(read).not.toContain("20");
  expect(read).toContain("21");
});

it("says nothing about trimming of what was read already", async () => {
  startReader(BEFORE_ALL, 10);
  for (let round = 0; round < 4; round += 1) {
    await write(round * 25 + 1, round * 25 + 25);
    await waitUntil("all are read", () => read.length === (round + 1) * 25);
    await server.cli("xtrim", KEY, "MAXLEN", "5");
  }
  expect(gaps).toEqual([]);
});
