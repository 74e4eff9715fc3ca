import { Server } from "socket.io";
import { expect, it } from "vitest";
import { clientId, conversationId, messageId, userId } from "@/lib/contract/ids";
import type { Message } from "@/lib/contract/shapes";
import { encodeOnce, forOthers } from "./encode-once";

const EVENT = 2;
const ACKNOWLEDGEMENT = 3;
const ID = "0c000000-0000-4000-8000-000000000001";

const newMessage = (body: string): Message => ({
  conversationId: conversationId.parse(ID),
  seq: 3,
  rev: 5,
  id: messageId.parse(ID),
  clientId: clientId.parse(ID),
  sender: { id: userId.parse(ID), username: "ann", name: 'Ann "A" ☂' },
  body,
  version: 1,
  createdAt: "2026-01-01T00:00:00.000Z",
  reactions: [],
  attachments: [],
});

const changeOf = (message: Message) => ({
  conversationId: message.conversationId,
  rev: message.rev,
  type: "message.created",
  message,
  at: message.createdAt,
});

function newEncoders() {
  const [stock, ours] = [new Server(), new Server()];
  encodeOnce(ours.encoder);
  return { stock: stock.encoder, ours: ours.encoder };
}

const contentOf = (packet: unknown) => JSON.parse(String(packet).replace(/^\d+(\/\w+,)?\d*/, ""));

it("carries the same as the stock encoder, to the sender's devices, to others and in the answer", () => {
  const { stock, ours } = newEncoders();
  const message = newMessage('"\\\n é 日本 👩‍👩‍👧 \u2028 },"message":{}');
  const others = forOthers(message);
  expect(others).toEqual({ ...message, clientId: undefined });
  for (const packet of [
    { type: EVENT, nsp: "/", data: ["change", changeOf(message)] },
    { type: EVENT, nsp: "/elsewhere", data: ["change", changeOf(others)] },
    { type: ACKNOWLEDGEMENT, nsp: "/", id: 12, data: [{ message, duplicate: false, ok: true }] },
    { type: ACKNOWLEDGEMENT, nsp: "/", id: 0, data: [{ message }] },
  ]) {
    const [text] = ours.encode(packet);
    const [expected] = stock.encode(packet);
    expect(contentOf(text)).toEqual(contentOf(expected));
    expect(String(text).split("[")[0]).toBe(String(expected).split("[")[0]);
  }
});

it("never gives others the sender's own id of a message", () => {
  const { ours } = newEncoders();
  const others = forOthers(newMessage("hello"));
  expect(ours.encode({ type: EVENT, nsp: "/", data: ["change", changeOf(others)] })).not.toContain(
    "clientId",
  );
  expect(JSON.stringify(others)).not.toContain("clientId");
});

it("leaves all other packets to the stock encoder", () => {
  const { stock, ours } = newEncoders();
  for (const data of [
    ["change", changeOf(newMessage("new"))],
    [{ message: "text" }],
    ["typing", {}],
    [null],
    [],
  ]) {
    const packet = { type: EVENT, nsp: "/", data };
    expect(ours.encode(packet)).toEqual(stock.encode(packet));
  }
});
