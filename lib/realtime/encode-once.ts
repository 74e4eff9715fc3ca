import type { Server } from "socket.io";
import type { Message } from "@/lib/contract/shapes";

/** Messages whose text is known, as it stands in whatever carries them. Nothing changes a message once it is here. */
const texts = new WeakMap<object, string>();

/**
 * The message as others see it: without its `clientId`, which is for its sender's devices alone. It is encoded here, once
 * for both versions and for every packet that carries one: the changes and the acknowledgement.
 */
export function forOthers(message: Message): Message {
  const { clientId, ...version } = message;
  const text = JSON.stringify(version);
  texts.set(version, text);
  texts.set(message, `${text.slice(0, -1)},"clientId":${JSON.stringify(clientId)}}`);
  return version;
}

/** From now on, the encoder takes the text of a message that is known instead of making it anew. */
export function encodeOnce(encoder: Server["encoder"]): void {
  const encode = encoder.encode.bind(encoder);
  encoder.encode = (packet) => {
    const list = Array.isArray(packet.data) ? textOfList(packet.data) : undefined;
    if (list === undefined) return encode(packet);
    const namespace = packet.nsp === "/" ? "" : `${packet.nsp},`;
    return [`${packet.type}${namespace}${packet.id ?? ""}${list}`];
  };
}

/** The text of an event or an acknowledgement whose last item carries a message that is known. */
function textOfList(data: readonly unknown[]): string | undefined {
  const carrier = data.at(-1);
  if (typeof carrier !== "object" || carrier === null || !("message" in carrier)) return undefined;
  const { message, ...rest } = carrier;
  const known = typeof message === "object" && message !== null ? texts.get(message) : undefined;
  if (known === undefined) return undefined;
  const before = data.slice(0, -1).map((item) => `${JSON.stringify(item)},`);
  const fields = JSON.stringify(rest).slice(0, -1);
  return `[${before.join("")}${fields}${fields === "{" ? "" : ","}"message":${known}}]`;
}
