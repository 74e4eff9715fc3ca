import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { vi } from "vitest";

const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;

/** A WebSocket on a bare TCP connection, for what no decent client would send. */
export interface RawSocket {
  /** Text messages so far. */
  readonly received: string[];
  readonly isClosed: boolean;
  /** Bytes as they are, outside any frame. */
  write(bytes: Buffer | string): void;
  text(message: string): void;
  binary(message: Buffer): void;
  /** One frame of any kind: `opcode` 0 goes on with the message before. */
  frame(payload: Buffer, kind: { opcode: number; fin: boolean }): void;
  /** Stops, or goes on, reading what the server sends. */
  read(on: boolean): void;
  closed(timeout?: number): Promise<void>;
  end(): void;
}

/** Connects to Engine.IO by WebSocket and waits for its greeting; no handshake of Socket.IO yet. */
export async function openRawSocket(port: number): Promise<RawSocket> {
  const tcp = connect(port, "127.0.0.1");
  const received: string[] = [];
  let isClosed = false;
  tcp.on("error", () => tcp.destroy());
  tcp.on("close", () => {
    isClosed = true;
  });
  tcp.write(
    [
      "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
      `Host: 127.0.0.1:${port}`,
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
      "\r\n",
    ].join("\r\n"),
  );
  readFrames(tcp, (message) => received.push(message));
  const socket: RawSocket = {
    received,
    get isClosed() {
      return isClosed;
    },
    write: (bytes) => void tcp.write(bytes),
    text: (message) => socket.frame(Buffer.from(message), { opcode: TEXT, fin: true }),
    binary: (message) => socket.frame(message, { opcode: BINARY, fin: true }),
    frame: (payload, kind) => void (tcp.writable && tcp.write(masked(payload, kind))),
    read: (on) => (on ? tcp.resume() : tcp.pause()),
    closed: (timeout = 5_000) =>
      vi.waitFor(
        () => {
          if (!isClosed) throw new Error("The connection is still open.");
        },
        { timeout },
      ),
    end: () => tcp.destroy(),
  };
  await heard(socket, (message) => message.startsWith("0{"));
  return socket;
}

/** The same, signed in by a token. */
export async function openRawSession(port: number, token: string): Promise<RawSocket> {
  const socket = await openRawSocket(port);
  socket.text(`40${JSON.stringify({ token })}`);
  await heard(socket, (message) => message.startsWith("40{"));
  return socket;
}

/** Waits for a message like this, and gives it. */
export function heard(socket: RawSocket, isIt: (message: string) => boolean): Promise<string> {
  return vi.waitFor(
    () => {
      const message = socket.received.find(isIt);
      if (message === undefined) throw new Error(`Not among: ${socket.received.join(" ").slice(0, 500)}`);
      return message;
    },
    { timeout: 5_000, interval: 2 },
  );
}

/** A frame as RFC 6455, section 5.2, wants it of a client. */
function masked(payload: Buffer, { opcode, fin }: { opcode: number; fin: boolean }): Buffer {
  const head = Buffer.alloc(payload.length < 65_536 ? 4 : 10);
  head[0] = (fin ? 0x80 : 0) | opcode;
  if (payload.length < 65_536) {
    head[1] = 0x80 | 126;
    head.writeUInt16BE(payload.length, 2);
  } else {
    head[1] = 0x80 | 127;
    head.writeBigUInt64BE(BigInt(payload.length), 2);
  }
  // A mask of zeros is a mask.
  return Buffer.concat([head, Buffer.alloc(4), payload]);
}

/** Skips the HTTP head, then gives every text frame; the server's are unmasked and whole. */
function readFrames(tcp: Socket, onText: (message: string) => void): void {
  let rest = Buffer.alloc(0);
  let isUpgraded = false;
  tcp.on("data", (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    if (!isUpgraded) {
      const end = rest.indexOf("\r\n\r\n");
      if (end < 0) return;
      isUpgraded = true;
      rest = rest.subarray(end + 4);
    }
    for (let frame = firstFrame(rest); frame !== undefined; frame = firstFrame(rest)) {
      if (frame.opcode === TEXT) onText(frame.payload.toString());
      if (frame.opcode === CLOSE) tcp.end();
      rest = rest.subarray(frame.size);
    }
  });
}

function firstFrame(bytes: Buffer): { opcode: number; payload: Buffer; size: number } | undefined {
  if (bytes.length < 2) return undefined;
  const opcode = bytes.readUInt8(0) & 0x0f;
  const short = bytes.readUInt8(1) & 0x7f;
  const head = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < head) return undefined;
  const length =
    short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (bytes.length < head + length) return undefined;
  return { opcode, payload: bytes.subarray(head, head + length), size: head + length };
}
