import { decode, encode } from "@msgpack/msgpack";
import type { BroadcastFlags, ClusterMessage, ClusterResponse } from "socket.io-adapter";
import { containsBinary } from "./contains-binary";

/**
 * What nodes send each other, as text: a letter for the kind, then
 *
 * - `P` a packet for clients: a JSON list `[namespace, rooms, except, flags]`, a line feed, and the packet as the clients
 *   get it, so that nobody on the way parses or encodes it again;
 * - `C` a message between adapters as JSON, `B` as MessagePack in base64 when it holds binary data;
 * - `L` the sender's account of what it has sent, see `ledger.ts`.
 *
 * Pure.
 */

export interface PacketMessage {
  readonly kind: "packet";
  readonly namespace: string;
  readonly rooms: readonly string[];
  readonly except: readonly string[];
  readonly flags: BroadcastFlags;
  /** The encoded packet. */
  readonly payload: string;
}

export interface AdapterMessage {
  readonly kind: "adapter";
  readonly content: ClusterMessage | ClusterResponse;
}

/** How much a node has sent, for the others to compare with what they got. */
export interface Account {
  /** Node → number of the last entry for its own stream whose fate is known: it was written, or it failed. */
  readonly sent: Readonly<Record<string, number>>;
  /** Messages that got into no stream, since Redis did not say whom they concern or there were too many. */
  readonly unrouted: number;
}

export interface AccountMessage {
  readonly kind: "account";
  readonly account: Account;
}

export type Message = PacketMessage | AdapterMessage | AccountMessage;

/** A text that no version of this protocol writes. */
export class MalformedMessageError extends Error {
  constructor(text: string, cause?: unknown) {
    super(`a message of kind "${text.slice(0, 1)}" with ${text.length} characters cannot be read`, { cause });
    this.name = "MalformedMessageError";
  }
}

const VOLATILE = 1;
const COMPRESS = 2;
const DO_NOT_COMPRESS = 4;

/** `rooms`: those of the packet's that concern the receiver. */
export function encodePacket(
  packet: Omit<PacketMessage, "kind" | "rooms">,
  rooms: readonly string[],
): string {
  const { namespace, except, flags, payload } = packet;
  const bits =
    (flags.volatile === true ? VOLATILE : 0) |
    (flags.compress === true ? COMPRESS : 0) |
    (flags.compress === false ? DO_NOT_COMPRESS : 0);
  const header = bits === 0 && except.length === 0 ? [namespace, rooms] : [namespace, rooms, except, bits];
  return `P${JSON.stringify(header)}\n${payload}`;
}

export function encodeAdapterMessage(content: ClusterMessage | ClusterResponse): string {
  if (!containsBinary(content)) return `C${JSON.stringify(content)}`;
  return `B${Buffer.from(encode(content, { ignoreUndefined: true })).toString("base64")}`;
}

export function encodeAccount(account: Account): string {
  return `L${JSON.stringify(account)}`;
}

/** @throws MalformedMessageError */
export function decodeMessage(text: string): Message {
  try {
    const message = parse(text);
    if (message !== undefined) return message;
  } catch (error) {
    throw new MalformedMessageError(text, error);
  }
  throw new MalformedMessageError(text);
}

function parse(text: string): Message | undefined {
  switch (text.charAt(0)) {
    case "P":
      return parsePacket(text);
    case "C":
      return parseAdapterMessage(JSON.parse(text.slice(1)));
    case "B":
      return parseAdapterMessage(decode(Buffer.from(text.slice(1), "base64")));
    case "L":
      return parseAccount(JSON.parse(text.slice(1)));
    default:
      return undefined;
  }
}

function parsePacket(text: string): PacketMessage | undefined {
  const end = text.indexOf("\n");
  const header: unknown = end < 0 ? undefined : JSON.parse(text.slice(1, end));
  if (!Array.isArray(header)) return undefined;
  const [namespace, rooms, except = [], bits = 0]: unknown[] = header;
  if (typeof namespace !== "string" || typeof bits !== "number") return undefined;
  if (!isTexts(rooms) || !isTexts(except)) return undefined;
  return { kind: "packet", namespace, rooms, except, flags: flagsOf(bits), payload: text.slice(end + 1) };
}

function parseAdapterMessage(content: unknown): AdapterMessage | undefined {
  return isContent(content) ? { kind: "adapter", content } : undefined;
}

function parseAccount(value: unknown): AccountMessage | undefined {
  return isAccount(value) ? { kind: "account", account: value } : undefined;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** The envelope; what is inside is Socket.IO's own, on both ends. */
function isContent(value: unknown): value is ClusterMessage | ClusterResponse {
  if (typeof value !== "object" || value === null) return false;
  return "type" in value && typeof value.type === "number" && "uid" in value && "nsp" in value;
}

function isAccount(value: unknown): value is Account {
  if (typeof value !== "object" || value === null || !("sent" in value) || !("unrouted" in value))
    return false;
  const { sent, unrouted } = value;
  if (typeof sent !== "object" || sent === null || typeof unrouted !== "number") return false;
  return Object.values(sent).every((number) => typeof number === "number");
}

function flagsOf(bits: number): BroadcastFlags {
  if (bits === 0) return NO_FLAGS;
  return {
    ...((bits & VOLATILE) === 0 ? {} : { volatile: true }),
    ...((bits & COMPRESS) === 0 ? {} : { compress: true }),
    ...((bits & DO_NOT_COMPRESS) === 0 ? {} : { compress: false }),
  };
}

const NO_FLAGS: BroadcastFlags = {};
