import { randomUUID } from "node:crypto";
import { type ConversationId, clientId, messageId, type UserId } from "@/lib/contract/ids";
import { createConversationStore } from "@/lib/store/conversation-store";
import { type SendAnswer, sendStatement } from "@/lib/store/conversations/send-statement";
import { connectStore, type StoreConnections } from "@/lib/store/database";
import { migrate } from "@/lib/store/migrate";
import { addPeople } from "@/lib/store/testing/people";
import { startPostgresServer } from "@/lib/store/testing/postgres-server";
import type { NewMessage } from "@/lib/usecases/ports/conversation-store";

/*
 * What grouped commits gain: senders that each send again as soon as the last send was acknowledged, once by the store
 * and once by a statement a send on a pool, on a durable PostgreSQL of its own. `npx tsx bench/store-send.ts [seconds]`
 */
const CONCURRENT = 100;
const POOL_SIZE = 16;
const seconds = Number(process.argv[2] ?? 5);

async function measure(label: string, loops: ((n: number) => Promise<void>)[], count = seconds) {
  const latencies: number[] = [];
  const cpu = process.cpuUsage();
  const start = performance.now();
  const end = start + count * 1_000;
  await Promise.all(
    loops.map(async (loop) => {
      for (let n = 0; performance.now() < end; n++) {
        const sentAt = performance.now();
        await loop(n);
        latencies.push(performance.now() - sentAt);
      }
    }),
  );
  const elapsed = (performance.now() - start) / 1_000;
  const used = process.cpuUsage(cpu);
  latencies.sort((a, b) => a - b);
  const at = (share: number) => (latencies[Math.floor(latencies.length * share)] ?? 0).toFixed(2);
  const rate = latencies.length / elapsed;
  const micros = ((used.user + used.system) / latencies.length).toFixed(1);
  console.log(
    `${label}: ${rate.toFixed(0)} sends/s, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, ${micros} µs CPU of the client a send`,
  );
  return rate;
}

const body = "x".repeat(200);
const newMessage = (conversation: ConversationId, sender: UserId): NewMessage => ({
  id: messageId.parse(randomUUID()),
  conversationId: conversation,
  senderId: sender,
  clientId: clientId.parse(randomUUID()),
  body,
});

async function main(connections: StoreConnections) {
  await migrate(connections.db);
  const store = createConversationStore(connections);
  const people = await addPeople(connections, 2 * CONCURRENT);
  const senders: { conversation: ConversationId; sender: UserId }[] = [];
  for (let n = 0; n < CONCURRENT; n++) {
    const [sender, receiver] = [people[2 * n], people[2 * n + 1]];
    if (sender === undefined || receiver === undefined) throw new Error("people are missing");
    const { id } = await store.openDirect(sender, receiver);
    senders.push({ conversation: id, sender });
  }
  const grouped = senders.map(({ conversation, sender }) => async () => {
    const { kind } = await store.send(newMessage(conversation, sender));
    if (kind !== "stored") throw new Error(`a send was ${kind}`);
  });
  const single = senders.map(({ conversation, sender }) => async () => {
    const row = { message: newMessage(conversation, sender), knownVersion: 1 };
    const { rows } = await connections.pool.query<SendAnswer>(sendStatement([row], "wait"));
    if (rows[0]?.outcome !== "stored") throw new Error(`a send was ${rows[0]?.outcome}`);
  });
  await measure("warm-up", grouped, 1);
  const one = await measure(`one statement a send, ${POOL_SIZE} connections`, single);
  const many = await measure("grouped", grouped);
  await measure("grouped, one sender alone", grouped.slice(0, 1), 2);
  console.log(`grouped : single = ${(many / one).toFixed(2)}`);
  await store.close();
}

const server = await startPostgresServer({ durable: true });
const connections = connectStore({
  url: server.url("postgres"),
  poolSize: POOL_SIZE,
  onError: (error) => console.error(error),
});
try {
  await main(connections);
} finally {
  await connections.close();
  await server.remove();
}
