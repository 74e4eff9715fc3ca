import { z } from "zod";
import { deviceId } from "./ids";

/** Where Socket.IO listens. */
export const SOCKET_PATH = "/socket.io";

/** What a client says of itself when it connects; the session cookie or `token` says who it is. */
export const handshakeAuth = z.object({
  device: deviceId.optional(),
  token: z.string().max(200).optional(),
  /** As `presence:set` would say right after: whoever connects anew while nobody is there does not show up as active. */
  idle: z.boolean().optional(),
});
export type HandshakeAuth = z.input<typeof handshakeAuth>;
