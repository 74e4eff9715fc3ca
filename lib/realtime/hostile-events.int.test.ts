import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClientEventName, clientEvents } from "@/lib/contract/client-events";
import { LIMITS } from "@/lib/contract/limits";
import { HOSTILE, NO_PAYLOADS, UNSENDABLE_JSON } from "./testing/hostile-payloads";
import { heard, openRawSession } from "./testing/raw-socket";
import { closed, connect, type TestClient } from "./testing/test-client";
import { startTestNode, type TestNode } from "./testing/test-node";
import type { TestUser } from "./testing/test-user";

const EVENTS = Object.keys(HOSTILE) as ClientEventName[];

let node: TestNode;
let eve: TestUser;
let client: TestClient;

beforeAll(async () => {
  node = await startTestNode();
  eve = await node.createUser("eve");
  client = await connect(node, eve);
});

/** Alive, and nobody's fault went unexpected; nothing reached into JavaScript's own objects. */
afterAll(async () => {
  expect((await client.ask("people:search", {})).ok).toBe(true);
  expect(node.counters.unexpectedErrors).toBe(0);
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  await node.stop();
});

async function errorOf(event: string, ...payloads: unknown[]) {
  const answer = await client.ask(event, ...payloads);
  expect(answer, `${event} was accepted`).toMatchObject({ ok: false });
  return answer.ok ? undefined : answer.error;
}

it("covers every event of the contract", () => {
  expect(EVENTS.sort()).toEqual(Object.keys(clientEvents).sort());
});

describe.each(EVENTS)("%s", (event) => {
  const { valid, fields } = HOSTILE[event];

  it.each(NO_PAYLOADS)("refuses %s as payload", async (_name, payload) => {
    expect(await errorOf(event, payload)).toMatchObject({ code: "bad_request" });
  });

  it("refuses no payload, and more than one", async () => {
    expect(await errorOf(event)).toMatchObject({ code: "bad_request" });
    expect(await errorOf(event, valid, valid)).toMatchObject({ code: "bad_request" });
  });

  it.each(Object.entries(fields))("names %s when it is wrong", async (field, values) => {
    for (const value of values) {
      const error = await errorOf(event, { ...valid, [field]: value });
      expect(error?.code, JSON.stringify(value)?.slice(0, 100)).toBe("bad_request");
      expect(error?.message).toMatch(new RegExp(`^(\\w+ or )?${field}\\b`));
      expect(error?.message.length).toBeLessThan(300);
    }
  });

  it("refuses what only a program of its own would send", async () => {
    const raw = await openRawSession(node.port, eve.token);
    let id = 0;
    const answerTo = async (payload: string) => {
      id += 1;
      const head = `43${id}[`;
      raw.text(`42${id}${JSON.stringify([event]).slice(0, -1)},${payload}]`);
      return (await heard(raw, (message) => message.startsWith(head))).slice(head.length);
    };
    for (const json of UNSENDABLE_JSON) {
      if (!json.startsWith("{")) expect(await answerTo(json)).toContain('"code":"bad_request"');
      for (const field of Object.keys(fields)) {
        const { [field]: _replaced, ...rest } = valid;
        const payload = `${JSON.stringify({ ...rest, last: 0 }).slice(0, -1)},"${field}":${json}}`;
        expect(await answerTo(payload)).toContain('"code":"bad_request"');
      }
    }
    raw.end();
  });

  it("drops keys it does not know, also those of JavaScript's own objects", async () => {
    const keys = '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"unknown":1';
    const rest = JSON.stringify(valid).slice(1);
    const plain = await client.ask(event, valid);
    const odd = await client.ask(event, JSON.parse(`{${keys}${rest === "}" ? "" : ","}${rest}`));
    if (odd.ok || plain.ok) expect(odd.ok).toBe(plain.ok);
    else expect(odd.error).toEqual(plain.error);
  });

  it("does what it can without an acknowledgement, and lives", async () => {
    client.socket.emit(event, valid);
    client.socket.emit(event);
    for (const [, payload] of NO_PAYLOADS) client.socket.emit(event, payload);
    expect((await client.ask("people:search", {})).ok).toBe(true);
  });
});

describe("bodies", () => {
  const tooLong = ["x".repeat(LIMITS.bodyCharacters + 1), "\u0301".repeat(20_000), " ".repeat(8_001)];

  it.each(["message:send", "message:edit"] as const)("of %s are too large beyond 8,000", async (event) => {
    for (const body of tooLong) {
      expect(await errorOf(event, { ...HOSTILE[event].valid, body })).toMatchObject({ code: "too_large" });
    }
    // The conversation does not exist: the body is not what is wrong.
    const longest = "\u0301".repeat(LIMITS.bodyCharacters);
    expect(await errorOf(event, { ...HOSTILE[event].valid, body: longest })).toMatchObject({
      code: "not_found",
    });
  });

  it("of a million combining marks close the socket", async () => {
    const other = await connect(node, eve);
    other.socket.emit("message:send", { ...HOSTILE["message:send"].valid, body: "\u0301".repeat(1_000_000) });
    await closed(other);
  });
});

describe("unknown events", () => {
  const names = [
    "nope",
    "__proto__",
    "constructor",
    "toString",
    "error",
    "connection",
    "message:send ",
    "",
    "\0",
  ];

  it.each(names)("%j is answered as a bad request", async (name) => {
    expect(await errorOf(name, {})).toEqual({ code: "bad_request", message: "There is no such event." });
    client.socket.emit(name, {});
    client.socket.emit(name);
  });
});

it("keeps memory flat", async () => {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const round = async () => {
    for (const event of EVENTS) {
      const { valid, fields } = HOSTILE[event];
      for (const [, payload] of NO_PAYLOADS) await client.ask(event, payload);
      for (const [field, values] of Object.entries(fields)) {
        await Promise.all(values.map((value) => client.ask(event, { ...valid, [field]: value })));
      }
    }
    collect();
    return process.memoryUsage().heapUsed;
  };
  await round();
  const before = await round();
  for (let more = 0; more < 3; more += 1) await round();
  const after = await round();
  expect(after - before).toBeLessThan(4 * 1024 * 1024);
});
