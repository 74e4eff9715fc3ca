import { z } from "zod";

/** Any 8-4-4-4-12 of hexadecimal digits, in lower case afterwards; the store holds ids as PostgreSQL `uuid`. */
const id = () => z.guid().toLowerCase();

export const userId = id().brand<"UserId">();
export const conversationId = id().brand<"ConversationId">();
export const messageId = id().brand<"MessageId">();
export const clientId = id().brand<"ClientId">();
export const deviceId = id().brand<"DeviceId">();
export const sessionId = id().brand<"SessionId">();

export type UserId = z.infer<typeof userId>;
export type ConversationId = z.infer<typeof conversationId>;
export type MessageId = z.infer<typeof messageId>;
/** The sender's own id of a message, made before it is sent: the idempotency key of a send. */
export type ClientId = z.infer<typeof clientId>;
/** One browser or program of a user, kept by the client across connections. */
export type DeviceId = z.infer<typeof deviceId>;
export type SessionId = z.infer<typeof sessionId>;
