import fc from "fast-check";
import { MessageType } from "socket.io-adapter";
import { describe, expect, it } from "vitest";
import {
  decodeMessage,
  encodeAccount,
  encodeAdapterMessage,
  encodePacket,
  MalformedMessageError,
} from "./message";

describe("a packet", () => {
  it("arrives as it was sent, with the rooms of the receiver, whatever the texts are", () => {
    const texts = fc.array(fc.string({ unit: "binary" }), { maxLength: 4 });
    const flags = fc.record({ volatile: fc.constant(true), compress: fc.boolean() }, { requiredKeys: [] });
    const packets = fc.record({
      namespace: fc.string({ unit: "binary" }),
      except: texts,
      flags,
      payload: fc.string({ unit: "binary" }),
    });
    fc.assert(
      fc.property(packets, texts, (packet, rooms) => {
        expect(decodeMessage(encodePacket(packet, rooms))).toEqual({ kind: "packet", ...packet, rooms });
      }),
    );
  });

  it("costs little more than itself", () => {
    const payload = '2["change",{}]';
    const packet = { namespace: "/", except: [], flags: {}, payload };
    expect(encodePacket(packet, ["user:1"])).toBe(`P["/",["user:1"]]\n${payload}`);
  });
});

describe("a message between adapters", () => {
  const message = (packet: unknown) => ({
    uid: "adapter",
    nsp: "/",
    type: MessageType.BROADCAST as const,
    data: { opts: { rooms: ["a"], except: [], flags: {} }, packet },
  });

  it("arrives as JSON", () => {
    const content = message({ type: 2, data: ["event", { text: "ünïcode \u2028 🏠" }] });
    expect(decodeMessage(encodeAdapterMessage(content))).toEqual({ kind: "adapter", content });
  });

  it("carries binary data", () => {
    const bytes = Buffer.from([0, 1, 2, 253, 254, 255]);
    const text = encodeAdapterMessage(message({ type: 2, data: ["event", { deep: [bytes] }] }));
    expect(decodeMessage(text)).toEqual({
      kind: "adapter",
      content: message({ type: 2, data: ["event", { deep: [bytes] }] }),
    });
  });
});

it("an account arrives as it was sent", () => {
  const account = { sent: { other: 3, node: 17 }, unrouted: 2 };
  expect(decodeMessage(encodeAccount(account))).toEqual({ kind: "account", account });
});

it.each([
  "",
  "X",
  "P",
  'P["/"]',
  'P["/",[1]]\n2[]',
  'P{"/":[]}\n2[]',
  "Pno json\n2[]",
  "C",
  "C[]",
  'C{"type":"3"}',
  "B",
  "B////",
  "L{}",
  'L{"sent":{"a":"1"},"unrouted":0}',
])("refuses %j", (text) => {
  expect(() => decodeMessage(text)).toThrow(MalformedMessageError);
});
