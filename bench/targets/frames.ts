import { randomBytes } from "node:crypto";

/*
 * The frames of a WebSocket (RFC 6455, 5.2), as far as a load needs them: text and close, no fragments. Pure but for the
 * mask's key.
 */

const FINAL = 0x80;
const TEXT = 1;
const CLOSE = 8;
const MASKED = 0x80;
const KEY = randomBytes(4);

/** A text as a client sends it: masked. */
export function maskedFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  if (length > 65_535) throw new Error("A load sends no text of that length.");
  const header = length < 126 ? 6 : 8;
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = FINAL | TEXT;
  if (length < 126) frame[1] = MASKED | length;
  else {
    frame[1] = MASKED | 126;
    frame.writeUInt16BE(length, 2);
  }
  KEY.copy(frame, header - 4);
  frame.write(text, header);
  for (let index = 0; index < length; index += 1) {
    frame[header + index] = (frame[header + index] ?? 0) ^ (KEY[index & 3] ?? 0);
  }
  return frame;
}

/** Takes the bytes of a server as they come, and tells each text when it is complete. */
export function frameReader(onText: (text: string) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    const all = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    let offset = 0;
    for (let frame = frameAt(all, offset); frame !== undefined; frame = frameAt(all, offset)) {
      offset = frame.end;
      if (frame.opcode === TEXT) onText(all.toString("utf8", frame.start, frame.end));
      else if (frame.opcode !== CLOSE) throw new Error(`The server sent a frame of kind ${frame.opcode}.`);
    }
    rest = all.subarray(offset);
  };
}

/** Where the frame that begins at `offset` has its content; undefined while it is not complete. */
function frameAt(bytes: Buffer, offset: number): { opcode: number; start: number; end: number } | undefined {
  const [first, second] = [bytes[offset], bytes[offset + 1]];
  if (first === undefined || second === undefined) return undefined;
  const start = offset + 2 + extraBytes(second);
  if (bytes.length < start) return undefined;
  const end = start + lengthOf(bytes, offset + 2, second);
  return bytes.length < end ? undefined : { opcode: first & 0x0f, start, end };
}

function lengthOf(bytes: Buffer, offset: number, short: number): number {
  if (short < 126) return short;
  return short === 126 ? bytes.readUInt16BE(offset) : Number(bytes.readBigUInt64BE(offset));
}

function extraBytes(short: number): number {
  if (short < 126) return 0;
  return short === 126 ? 2 : 8;
}
