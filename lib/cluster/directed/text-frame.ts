/**
 * The WebSocket frame of a text from a server: one unmasked final frame (RFC 6455, 5.2), as header and data. Made once,
 * it is written as it is to every socket; Engine.IO takes it as `wsPreEncodedFrame`. Pure.
 */
export function textFrame(text: string): [header: Buffer, data: Buffer] {
  const data = Buffer.from(text);
  const { length } = data;
  if (length < 126) return [Buffer.from([FINAL_TEXT, length]), data];
  if (length < 65_536) {
    const header = Buffer.from([FINAL_TEXT, 126, 0, 0]);
    header.writeUInt16BE(length, 2);
    return [header, data];
  }
  const header = Buffer.alloc(10);
  header[0] = FINAL_TEXT;
  header[1] = 127;
  header.writeUIntBE(length, 4, 6);
  return [header, data];
}

const FINAL_TEXT = 0x81;
