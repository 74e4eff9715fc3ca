import { once } from "node:events";
import { request } from "node:http";
import { connect as connectTcp } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LIMITS } from "@/lib/contract/limits";
import { heard, openRawSession, openRawSocket, type RawSocket } from "./testing/raw-socket";
import { connect, type TestClient } from "./testing/test-client";
import { startTestNode, type TestNode } from "./testing/test-node";
import type { TestUser } from "./testing/test-user";

let node: TestNode;
let eve: TestUser;
/** Somebody who does nothing wrong and must not notice anything. */
let bystander: TestClient;
let raw: RawSocket;

beforeAll(async () => {
  node = await startTestNode();
  eve = await node.createUser("eve");
  bystander = await connect(node, await node.createUser("bystander"));
});
afterAll(async () => {
  expect((await bystander.ask("people:search", {})).ok).toBe(true);
  expect(bystander.heard).toEqual([]);
  expect(node.counters.unexpectedErrors).toBe(0);
  await node.stop();
});
beforeEach(async () => {
  raw = await openRawSession(node.port, eve.token);
});

const stillAnswers = async (socket: RawSocket) => {
  socket.text('42777["people:search",{}]');
  expect(await heard(socket, (message) => message.startsWith("43777["))).toContain('"ok":true');
  socket.end();
};

describe("packets that break the protocol close the socket", () => {
  const broken: [string, string][] = [
    ["no packet", ""],
    ["an unknown type of Engine.IO", "9"],
    ["a ping, which is the server's to send", "2probe"],
    ["an unknown type of Socket.IO", "49"],
    ["a message without packet", "4"],
    ["an event without payload", "42{}"],
    ["an event cut off", '42["sync",{'],
    ["an event without a name", "42[]"],
    ["an event whose name is null", "42[null,{}]"],
    ["an event whose name is an object", "42[{},{}]"],
    ["the reserved event connect", '42["connect",{}]'],
    ["the reserved event disconnect", '42["disconnect",{}]'],
    ["the reserved event disconnecting", '42["disconnecting",{}]'],
    ["the reserved event newListener", '42["newListener",{}]'],
    ["an acknowledgement that is no list", "431{}"],
    ["an event for a namespace never joined", '42/admin,["sync",{}]'],
    ["a second handshake", '40{"token":"x"}'],
    ["an error, which is the server's to send", '44{"message":"x"}'],
    ["attachments without a number", '45-["sync",{}]'],
    ["attachments below zero", '45-1-["sync",{}]'],
    ["attachments beyond all", '4599999999999-["sync",{}]'],
    ["60,000 brackets", `42${"[".repeat(60_000)}`],
    ["a disconnect with a payload", '41{"a":1}'],
  ];

  it.each(broken)("%s", async (_name, packet) => {
    raw.text(packet);
    await raw.closed();
  });

  it("a binary frame that nobody announced", async () => {
    raw.binary(Buffer.from("anything"));
    await raw.closed();
  });

  it("text where an announced attachment should come", async () => {
    raw.text('451-["sync",{"_placeholder":true,"num":0}]');
    raw.text('42["sync",{}]');
    await raw.closed();
  });

  it("a placeholder for an attachment that is not there", async () => {
    for (const place of ["5", "-1", '"0"', "null", "1e9"]) {
      const socket = await openRawSession(node.port, eve.token);
      socket.text(`451-["sync",{"_placeholder":true,"num":${place}}]`);
      socket.binary(Buffer.from("x"));
      await socket.closed();
    }
  });

  it("a placeholder 20,000 levels deep", async () => {
    const deep = `${"[".repeat(20_000)}{"_placeholder":true,"num":0}${"]".repeat(20_000)}`;
    raw.text(`451-["sync",${deep}]`);
    raw.binary(Buffer.from("x"));
    await raw.closed();
  });

  it("text that is not UTF-8", async () => {
    raw.frame(Buffer.from([0x34, 0x32, 0xff, 0xfe]), { opcode: 1, fin: true });
    await raw.closed();
  });

  it("frames of an unknown kind, and a continuation of nothing", async () => {
    for (const opcode of [0, 3, 11, 15]) {
      const socket = await openRawSession(node.port, eve.token);
      socket.frame(Buffer.from("x"), { opcode, fin: true });
      await socket.closed();
    }
  });

  it("bytes that are no frame", async () => {
    raw.write("GET / HTTP/1.1\r\n\r\n".repeat(20));
    await raw.closed();
  });
});

describe("what is odd but within the protocol is survived", () => {
  const odd: [string, string][] = [
    ["an acknowledgement nobody asked for", '43999[{"ok":true}]'],
    ["a pong nobody asked for", "3"],
    ["a noop", "6"],
    ["a close, which only a transport may say", "1"],
    ["an upgrade nobody prepared", "5"],
    ["an event named by a number", "42[5,{}]"],
    ["an event named like a part of JavaScript", '42["__proto__",{}]'],
    ["an acknowledgement number beyond all", `42${"9".repeat(400)}["sync",{}]`],
    ["an acknowledgement number made of blanks", '42 ["sync",{}]'],
    ["the event error", '42["error",{}]'],
  ];

  it.each(odd)("%s", async (_name, packet) => {
    raw.text(packet);
    await stillAnswers(raw);
  });

  it("an attachment as payload is a bad request", async () => {
    raw.text('451-5["sync",{"_placeholder":true,"num":0}]');
    raw.binary(Buffer.from("x"));
    expect(await heard(raw, (message) => message.startsWith("435["))).toContain('"bad_request"');
    await stillAnswers(raw);
  });

  it("announced attachments that never come hold nothing up for others", async () => {
    raw.text('453-["sync",{"_placeholder":true,"num":0}]');
    expect((await bystander.ask("people:search", {})).ok).toBe(true);
    raw.end();
  });
});

describe("size", () => {
  it("takes the largest frame and closes the socket for one byte more", async () => {
    const head = '421["people:search",{"unknown":"';
    const tail = '"}]';
    const filler = "x".repeat(LIMITS.frameBytes - head.length - tail.length);
    raw.text(head + filler + tail);
    expect(await heard(raw, (message) => message.startsWith("431["))).toContain('"ok":true');
    raw.text(`${head + filler}x${tail}`);
    await raw.closed();
  });

  it("closes the socket when a frame announces more than it may", async () => {
    const head = Buffer.alloc(14);
    head[0] = 0x81;
    head[1] = 0xff;
    head.writeBigUInt64BE(2n ** 52n, 2);
    raw.write(head);
    await raw.closed();
  });

  it("closes the socket when a message never ends", async () => {
    raw.frame(Buffer.from('42["sync",{"a":"'), { opcode: 1, fin: false });
    const piece = Buffer.alloc(10_000, "x");
    for (let sent = 0; sent <= LIMITS.frameBytes; sent += piece.length) {
      raw.frame(piece, { opcode: 0, fin: false });
    }
    await raw.closed();
  });

  it("refuses a polling request that is larger, with or without saying so first", async () => {
    const url = `${node.url}/socket.io/?EIO=4&transport=polling`;
    const body = "x".repeat(200_000);
    for (const headers of [{ "content-length": String(body.length) }, { "transfer-encoding": "chunked" }]) {
      const opened = await (await fetch(url)).text();
      const sid: unknown = JSON.parse(opened.slice(1)).sid;
      const post = request(`${url}&sid=${sid}`, { method: "POST", headers });
      const ended = Promise.race([
        once(post, "response").then(([response]) => response.statusCode),
        once(post, "error").then(() => "reset"),
      ]);
      post.end(body);
      expect(await ended).toSatisfy((end) => end === 413 || end === "reset");
    }
  });
});

describe("before any handshake", () => {
  it("takes nothing but a handshake", async () => {
    for (const packet of ['42["sync",{}]', '431[{"ok":true}]', "41", "40[1]", '40"token"', "40{"]) {
      const socket = await openRawSocket(node.port);
      socket.text(packet);
      await socket.closed();
    }
  });

  it("survives requests that are none", async () => {
    const garbage = [
      "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
      "GET /socket.io/?EIO=4&transport=polling&sid=__proto__ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
      "POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\n\r\nx",
      "GET /socket.io/?EIO=3&transport=polling HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
      "GET /socket.io/?EIO=4&transport=__proto__ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
      "GET /socket.io/%ff%00/../?EIO=4 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
      "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
      `GET /socket.io/?${"x".repeat(60_000)} HTTP/1.1\r\n\r\n`,
    ];
    for (const bytes of garbage) {
      const tcp = connectTcp(node.port, "127.0.0.1");
      tcp.end(bytes);
      tcp.resume();
      await once(tcp, "close");
    }
    expect((await bystander.ask("people:search", {})).ok).toBe(true);
  });
});
