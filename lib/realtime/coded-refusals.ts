import { Decoder, Encoder, type Packet, PacketType } from "socket.io-parser";
import { HomingError } from "@/lib/domain/homing-error";

/** Socket.IO refuses a namespace that there is not by itself, with a message only: on its way out it gets its code. */
function withCode(packet: Packet): Packet {
  if (packet.type !== PacketType.CONNECT_ERROR || packet.nsp === "/") return packet;
  const error = new HomingError("not_found", "There is no such namespace.");
  return { ...packet, data: { ...packet.data, data: error.toBody() } };
}

class CodedEncoder extends Encoder {
  override encode(packet: Packet) {
    return super.encode(withCode(packet));
  }
}

/**
 * The stock parser, but that every `connect_error` has `err.data.code`. Catching unknown namespaces by a dynamic one with
 * a middleware would give codes too, and make a namespace with an adapter of its own for every name that anybody tries.
 */
export const codedParser = { Encoder: CodedEncoder, Decoder };
