/**
 * Kills the server with SIGKILL while messages pour in, many times, and checks from the outside that nothing
 * acknowledged was lost, doubled or reordered. `npm run check:crash -- --rounds 20 --rate 500`.
 */
import { randomInt, randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { clientId as parseClient, conversationId as parseConversation } from "@/lib/contract/ids";
import { HomingServer } from "../support/homing-server";
import { type CheckerClient, connectClient } from "./client";
import { type HistoryEntry, type SendOperation, type Violation, verifyHistory } from "./verify-history";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "20" },
    rate: { type: "string", default: "500" },
    senders: { type: "string", default: "10" },
  },
});
const ROUNDS = Number(values.rounds);
const RATE = Number(values.rate);
const SENDERS = Number(values.senders);
const TICK_MS = 20;

interface Sender {
  username: string;
  token: string;
  client: CheckerClient;
  conversation: string;
  operations: SendOperation[];
}

/** Sends once and notes what was answered; a repeat keeps the start of the first try. */
async function send(sender: Sender, operation: SendOperation): Promise<void> {
  const answer = await sender.client.call("message:send", {
    conversationId: parseConversation.parse(operation.conversation),
    clientId: parseClient.parse(operation.clientId),
    body: operation.body,
  });
  if (answer?.ok) operation.acknowledged = { at: performance.now(), seq: answer.message.seq };
}

function newOperation(sender: Sender): SendOperation {
  const clientId = randomUUID();
  const operation: SendOperation = {
    conversation: sender.conversation,
    clientId,
    body: `message ${sender.operations.length + 1} of ${sender.username}`,
    startedAt: performance.now(),
  };
  sender.operations.push(operation);
  return operation;
}

/** Each sender talks to the next one: every conversation has one sender, so its history names all client ids. */
async function prepare(server: HomingServer): Promise<Sender[]> {
  const usernames = Array.from({ length: SENDERS + 1 }, (_, index) => `crash.${index}`);
  for (const username of usernames) {
    await server.operate(["user", "add", username, "--password-stdin"], "a long enough password");
  }
  const senders: Sender[] = [];
  for (const [index, username] of usernames.slice(0, SENDERS).entries()) {
    const token = (await server.operate(["token", "create", username])).trim();
    const client = await connectClient(server.url, token);
    const opened = await client.call("conversation:open", { username: usernames[index + 1] ?? "" });
    if (!opened?.ok)
      throw new Error(`The conversation of ${username} did not open: ${JSON.stringify(opened)}`);
    senders.push({ username, token, client, conversation: opened.conversation.id, operations: [] });
  }
  return senders;
}

/** Sends at the rate until the signal; resolves when every send has been answered or lost. */
async function pour(senders: readonly Sender[], signal: AbortSignal): Promise<void> {
  const underWay: Promise<void>[] = [];
  const startedAt = performance.now();
  let sent = 0;
  while (!signal.aborted) {
    const due = Math.floor(((performance.now() - startedAt) / 1_000) * RATE);
    for (; sent < due; sent += 1) {
      const sender = senders[sent % senders.length];
      if (sender !== undefined) underWay.push(send(sender, newOperation(sender)));
    }
    await delay(TICK_MS);
  }
  await Promise.all(underWay);
}

async function reconnected(senders: readonly Sender[]): Promise<void> {
  await Promise.all(
    senders.map(async ({ client: { socket } }) => {
      if (!socket.connected) await new Promise<void>((resolve) => socket.once("connect", resolve));
    }),
  );
}

/** One round: pour, kill at a random moment, bring the server back, repeat what was not answered with the same ids. */
async function crash(server: HomingServer, senders: readonly Sender[]): Promise<number> {
  const stop = new AbortController();
  const pouring = pour(senders, stop.signal);
  await delay(randomInt(500, 1_500));
  await server.kill("SIGKILL");
  stop.abort();
  await pouring;
  await server.resume();
  await reconnected(senders);
  const unanswered = senders.flatMap((sender) =>
    sender.operations
      .filter((operation) => !operation.acknowledged)
      .map((operation) => ({ sender, operation })),
  );
  for (const { sender, operation } of unanswered) await send(sender, operation);
  return unanswered.length;
}

async function readHistory(sender: Sender): Promise<HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  let before: number | undefined;
  for (;;) {
    const page = await sender.client.call("conversation:history", {
      conversationId: parseConversation.parse(sender.conversation),
      limit: 100,
      ...(before === undefined ? {} : { beforeSeq: before }),
    });
    if (!page?.ok) throw new Error(`The history could not be read: ${JSON.stringify(page)}`);
    entries.unshift(...page.messages);
    before = page.messages[0]?.seq;
    if (!page.hasMore) return entries;
  }
}

const server = await HomingServer.start({ RATE_LIMITS: "off" });
const violations: Violation[] = [];
let repeated = 0;
try {
  const senders = await prepare(server);
  for (let round = 1; round <= ROUNDS; round += 1) {
    const unanswered = await crash(server, senders);
    repeated += unanswered;
    console.log(`kill ${round} of ${ROUNDS}: ${unanswered} sends were unanswered and repeated`);
  }
  for (const sender of senders) {
    violations.push(...verifyHistory(sender.operations, await readHistory(sender)));
    sender.client.socket.close();
  }
  const operations = senders.flatMap((sender) => sender.operations);
  const acknowledged = operations.filter((operation) => operation.acknowledged).length;
  console.log(`${operations.length} sent, ${acknowledged} acknowledged, ${repeated} repeated after a kill`);
} finally {
  await server.dispose();
}
for (const { invariant, detail } of violations.slice(0, 20)) console.error(`${invariant}: ${detail}`);
console.log(`checked: ${violations.length} violations of I1-I5 in ${ROUNDS} kills`);
process.exitCode = violations.length === 0 ? 0 : 1;
