import { randomUUID } from "node:crypto";
import type { ClientEventName } from "@/lib/contract/client-events";
import { LIMITS } from "@/lib/contract/limits";

/** Keys that reach into JavaScript's own objects, as JSON carries them. */
const PROTOTYPE_KEYS: unknown[] = [
  JSON.parse('{"__proto__":{"polluted":true,"ok":true}}'),
  JSON.parse('{"constructor":{"prototype":{"polluted":true}}}'),
  JSON.parse('{"toString":null,"valueOf":1,"hasOwnProperty":"x","then":{}}'),
];

/**
 * JSON that the stock client could not even send: 10,000 levels of lists, and of objects, and a number beyond all. Wrong
 * in any field.
 */
export const UNSENDABLE_JSON: string[] = [
  "[".repeat(10_000) + "]".repeat(10_000),
  `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`,
  "1e999",
  "-1e999",
];

/** What is no payload for any event. */
export const NO_PAYLOADS: [string, unknown][] = [
  ["null", null],
  ["a number", 5],
  ["text", "{}"],
  ["a boolean", true],
  ["an empty list", []],
  ["a list with an object", [{}]],
  ["a buffer", Buffer.from("{}")],
];

const WRONG_TYPES: unknown[] = [null, true, {}, [], [[]], { $ne: 1 }, Buffer.from("x"), ...PROTOTYPE_KEYS];
const NUL = "a\0b";
const LONE_SURROGATE = "a\ud800b";

const wrong = {
  id: [
    ...WRONG_TYPES,
    0,
    "",
    "x",
    "1; drop table users",
    `${randomUUID()}0`,
    NUL,
    LONE_SURROGATE,
    "é".repeat(9_000),
  ],
  cursor: [...WRONG_TYPES, -1, 1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, "5", ""],
  seq: [...WRONG_TYPES, 0, -1, 1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, "5", ""],
  limit: [...WRONG_TYPES, 0, -1, 1.5, 1e9, Number.NaN, Number.POSITIVE_INFINITY, "5", ""],
  text: [...WRONG_TYPES, 7, "", NUL, LONE_SURROGATE],
  boolean: [null, {}, [], 0, 1, "true", "false", ...PROTOTYPE_KEYS],
  username: [
    ...WRONG_TYPES,
    7,
    "",
    "a",
    "1abc",
    "with space",
    NUL,
    LONE_SURROGATE,
    "\u0301".repeat(30),
    "a".repeat(33),
  ],
};

/** For every field of an event: what is never right in it. Where there is no field at all, there is nothing. */
interface Hostile {
  /** Passes the schema. */
  valid: Record<string, unknown>;
  fields: Record<string, unknown[]>;
}

const listOf = (elements: unknown[], tooMany: unknown[]) => [
  ...[null, true, {}, "ada", 5, { length: 1, 0: "ada" }],
  ...elements.map((element) => [element]),
  tooMany,
];
const names = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`);
const conversationId = randomUUID();
const clientId = randomUUID();
const title = [...wrong.text, "  ", "t".repeat(LIMITS.groupTitleCharacters + 1)];
const usernames = (most: number) => listOf(wrong.username, names(most + 1));

export const HOSTILE: Record<ClientEventName, Hostile> = {
  sync: { valid: {}, fields: {} },
  "conversation:open": { valid: { username: "nobody" }, fields: { username: wrong.username } },
  "conversation:create": {
    valid: { clientId, title: "t", usernames: ["nobody"] },
    fields: { clientId: wrong.id, title, usernames: usernames(LIMITS.groupMembers - 1) },
  },
  "conversation:update": {
    valid: { conversationId },
    fields: {
      conversationId: wrong.id,
      title,
      add: usernames(LIMITS.groupMembers),
      remove: usernames(LIMITS.groupMembers),
    },
  },
  "conversation:leave": { valid: { conversationId }, fields: { conversationId: wrong.id } },
  "conversation:history": {
    valid: { conversationId },
    fields: {
      conversationId: wrong.id,
      beforeSeq: wrong.seq,
      limit: [...wrong.limit, LIMITS.historyPage + 1],
    },
  },
  "conversation:changes": {
    valid: { conversationId, afterRev: 0 },
    fields: {
      conversationId: wrong.id,
      afterRev: wrong.cursor,
      limit: [...wrong.limit, LIMITS.changesPage + 1],
    },
  },
  "message:send": {
    valid: { conversationId, clientId, body: "hello" },
    fields: {
      conversationId: wrong.id,
      clientId: wrong.id,
      body: [...wrong.text, " \n\t"],
      replyTo: wrong.seq,
      attachmentIds: [null, "x", {}, [randomUUID()]],
    },
  },
  "message:edit": {
    valid: { conversationId, seq: 1, body: "hello", version: 1 },
    fields: {
      conversationId: wrong.id,
      seq: wrong.seq,
      body: [...wrong.text, " \n\t"],
      version: wrong.seq,
    },
  },
  "message:delete": {
    valid: { conversationId, seq: 1 },
    fields: { conversationId: wrong.id, seq: wrong.seq },
  },
  "message:react": {
    valid: { conversationId, seq: 1, emoji: "👍", on: true },
    fields: {
      conversationId: wrong.id,
      seq: wrong.seq,
      emoji: [...wrong.text, "x".repeat(33)],
      on: wrong.boolean,
    },
  },
  "read:set": {
    valid: { conversationId, seq: 0 },
    fields: { conversationId: wrong.id, seq: wrong.cursor, unread: [...wrong.boolean, false] },
  },
  delivered: {
    valid: { conversationId, seq: 0 },
    fields: { conversationId: wrong.id, seq: wrong.cursor },
  },
  typing: { valid: { conversationId, on: true }, fields: { conversationId: wrong.id, on: wrong.boolean } },
  "presence:watch": {
    valid: { userIds: [] },
    fields: {
      userIds: listOf(
        wrong.id,
        Array.from({ length: LIMITS.presenceWatch + 1 }, () => randomUUID()),
      ),
    },
  },
  "presence:set": { valid: { idle: true }, fields: { idle: [...wrong.boolean, 300, "idle"] } },
  "people:search": {
    valid: {},
    fields: {
      query: [...WRONG_TYPES, 7, NUL, LONE_SURROGATE, "q".repeat(LIMITS.searchCharacters + 1)],
      after: wrong.username,
      limit: [...wrong.limit, LIMITS.peoplePage + 1],
    },
  },
  "online:watch": { valid: { on: true }, fields: { on: wrong.boolean } },
};
