import { randomUUID } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { SHORT_LEASES } from "@/lib/cluster/testing/node";
import { startRedisCluster } from "@/lib/cluster/testing/redis-cluster";
import { startWithSentinels } from "@/lib/cluster/testing/redis-sentinel";
import { undoAfterEach } from "@/lib/cluster/testing/undo";
import { conversationId } from "@/lib/contract/ids";
import { connect, type TestClient } from "@/lib/realtime/testing/test-client";
import { createTestUser } from "@/lib/realtime/testing/test-user";
import { freshDatabase } from "@/lib/store/testing/database";
import { startComposedNode } from "./testing/composed-node";

const undo = undoAfterEach();
const within = { timeout: 20_000, interval: 200 };

/** What the nodes are told, and how a master is lost. */
interface Engine {
  settings: Record<string, string>;
  killMaster(): Promise<void>;
  remove(): Promise<void>;
}

const ENGINES: Record<string, () => Promise<Engine>> = {
  "a master that Sentinel watches": async () => {
    const group = await startWithSentinels();
    const sentinels = group.sentinels.map(({ host, port }) => `${host}:${port}`).join(",");
    return {
      settings: { REDIS_SENTINELS: sentinels, REDIS_MASTER: group.name },
      killMaster: () => group.master.kill(),
      remove: () => group.remove(),
    };
  },
  "a Redis Cluster with replicas": async () => {
    const { servers, nodes, remove } = await startRedisCluster(1);
    return {
      settings: { REDIS_CLUSTER_NODES: nodes.map(({ host, port }) => `${host}:${port}`).join(",") },
      killMaster: async () => servers[0]?.kill(),
      remove,
    };
  },
};

const opened = z.object({ conversation: z.object({ id: conversationId }) });
const changes = z.array(z.object({ message: z.object({ body: z.string() }).optional() }));
const bodiesOf = (client: TestClient) =>
  changes.parse(client.heardOf("change")).map(({ message }) => message?.body);

describe.each(Object.keys(ENGINES))("two nodes on %s", (name) => {
  it.each(["directed", "broadcast"])(
    "serve through a failover with ROUTING=%s",
    async (ROUTING) => {
      const [database, engine] = await Promise.all([freshDatabase(), (ENGINES[name] ?? expect.fail)()]);
      undo(() => database.drop());
      undo(() => engine.remove());
      const start = async (NODE_NAME: string) => {
        const common = { DATABASE_URL: database.url, DATABASE_POOL: "4", REDIS_COMMAND_TIMEOUT_MS: "1000" };
        const settings = { ...common, ...engine.settings, ROUTING, NODE_NAME };
        const node = await startComposedNode(settings, { leases: SHORT_LEASES, graceMs: 100 });
        undo(() => node.shutdown());
        return node;
      };
      const [a, b] = [await start("a"), await start("b")];
      await vi.waitFor(async () => expect((await a.joined.cluster.nodes()).size).toBe(2), within);
      const { people } = a.services;
      const [ada, bob] = [
        await createTestUser(people, "ada", "user"),
        await createTestUser(people, "bob", "user"),
      ];
      const [here, there] = [await connect(a, ada), await connect(b, bob)];
      const { conversation } = opened.parse(await here.ask("conversation:open", { username: "bob" }));
      const send = (body: string) =>
        here.ask("message:send", { conversationId: conversation.id, clientId: randomUUID(), body });

      expect(await send("before")).toMatchObject({ ok: true });
      await vi.waitFor(() => expect(bodiesOf(there)).toContain("before"), within);
      await engine.killMaster();
      expect(await send("during")).toMatchObject({ ok: true });
      // By the bus, or the reconciler's head.
      await vi.waitFor(() => {
        const heads = z.array(z.object({ lastSeq: z.number() })).parse(there.heardOf("head"));
        expect(bodiesOf(there).includes("during") || heads.some(({ lastSeq }) => lastSeq >= 2)).toBe(true);
      }, within);
      await vi.waitFor(async () => {
        expect(await send("after")).toMatchObject({ ok: true });
        expect(bodiesOf(there)).toContain("after");
      }, within);
      await vi.waitFor(async () => {
        const answer = await here.ask("presence:watch", { userIds: [bob.account.id] });
        expect(answer).toMatchObject({ presence: [{ state: "online" }] });
      }, within);
    },
    90_000,
  );
});
