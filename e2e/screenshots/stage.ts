import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import { clientId } from "@/lib/contract/ids";
import type { Head } from "@/lib/contract/shapes";
import { ContractClient } from "../support/contract-client";
import { withDatabase } from "../support/database";
import type { HomingServer } from "../support/homing-server";
import { PASSWORD } from "../support/sign-in";
import type { Day } from "./day";
import { type Line, PEOPLE, type Person, READER, TALKS, type Talk } from "./scene";

type Cast = Map<string, { client: ContractClient; token: string }>;

export interface Stage {
  /** Where the first talk is. */
  talk: string;
  /** Those who are online stay so until then. */
  leave: () => void;
}

/** Lets the people of the scene talk on a real server. */
export async function setStage(homing: HomingServer, day: Day): Promise<Stage> {
  const cast: Cast = new Map();
  for (const person of [READER, ...PEOPLE]) cast.set(person.username, await arrive(homing, person));
  const stamps: Stamp[] = [];
  for (const talk of TALKS) stamps.push(...(await hold(talk, cast)));
  const devices = await settle(homing, cast);
  await withDatabase(homing, async (database) => {
    for (const { conversation, seq, line } of stamps) {
      const values = [conversation, seq, day.moment(line)];
      await database.query(
        "UPDATE messages SET created_at = $3 WHERE conversation_id = $1 AND seq = $2",
        values,
      );
      await database.query("UPDATE conversations SET last_message_at = $2 WHERE id = $1", [
        conversation,
        day.moment(line),
      ]);
    }
    for (const person of PEOPLE) await wasLastSeen(database, person, day);
  });
  return {
    talk: `/chat/${stamps[0]?.conversation}`,
    leave: () => {
      for (const device of devices) device.close();
    },
  };
}

async function arrive(homing: HomingServer, { username, name }: Person) {
  const admin = username === READER.username ? ["--admin"] : [];
  await homing.operate(["user", "add", username, "--password-stdin", "--name", name, ...admin], PASSWORD);
  const token = (await homing.operate(["token", "create", username])).trim();
  return { token, client: await ContractClient.connect(homing.url, { token }) };
}

/** A message and when it is to have been written. */
interface Stamp {
  conversation: string;
  seq: number;
  line: Line;
}

async function hold(talk: Talk, cast: Cast): Promise<Stamp[]> {
  const reader = clientOf(cast, READER.username);
  const other = clientOf(cast, talk.with);
  const { conversation } = await reader.call("conversation:open", { username: talk.with });
  const stamps: Stamp[] = [];
  for (const line of talk.lines) {
    const seq = await say(clientOf(cast, line.from), conversation, line);
    stamps.push({ conversation: conversation.id, seq, line });
  }
  const place = { conversationId: conversation.id };
  const last = talk.lines.length;
  await reader.call("read:set", { ...place, seq: last - (talk.unread ?? 0) });
  if (talk.other === "read") await other.call("read:set", { ...place, seq: last });
  if (talk.other === "delivered") await other.call("delivered", { ...place, seq: last });
  return stamps;
}

async function say(client: ContractClient, { id }: Head, line: Line): Promise<number> {
  const body = line.correctedFrom ?? line.text;
  const place = { conversationId: id };
  const { message } = await client.call("message:send", {
    ...place,
    clientId: clientId.parse(randomUUID()),
    body,
  });
  const { seq, version } = message;
  if (line.correctedFrom !== undefined)
    await client.call("message:edit", { ...place, seq, body: line.text, version });
  if (line.deleted) await client.call("message:delete", { ...place, seq });
  return seq;
}

function clientOf(cast: Cast, username: string): ContractClient {
  const member = cast.get(username);
  if (member === undefined) throw new Error(`Nobody is called ${username}.`);
  return member.client;
}

/** Everybody leaves, and those who are online come back with their devices. */
async function settle(homing: HomingServer, cast: Cast): Promise<ContractClient[]> {
  for (const { client } of cast.values()) client.close();
  const devices: ContractClient[] = [];
  for (const { username, devices: count = 0, disabled } of PEOPLE) {
    const token = cast.get(username)?.token;
    for (let index = 0; token !== undefined && index < count; index += 1)
      devices.push(await ContractClient.connect(homing.url, { token }));
    if (disabled) await homing.operate(["user", "disable", username]);
  }
  return devices;
}

/** Writes when somebody was last seen; who is away, after the server has noted by itself that they left. */
async function wasLastSeen(database: Client, { username, seen, devices }: Person, day: Day): Promise<void> {
  if (seen === undefined) return;
  const noted = devices === undefined ? " AND last_seen_at IS NOT NULL" : "";
  const change = `UPDATE users SET last_seen_at = $2 WHERE username = $1${noted}`;
  while ((await database.query(change, [username, day.moment(seen)])).rowCount === 0)
    await new Promise((resolve) => setTimeout(resolve, 50));
}
