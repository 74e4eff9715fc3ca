import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, vi } from "vitest";
import { z } from "zod";
import { SHORT_LEASES } from "@/lib/cluster/testing/node";
import { type RedisProcess, startRedis } from "@/lib/cluster/testing/redis";
import { undoAfterEach } from "@/lib/cluster/testing/undo";
import { type ConversationId, conversationId } from "@/lib/contract/ids";
import type { TestClient } from "@/lib/realtime/testing/test-client";
import { createTestUser, type TestUser } from "@/lib/realtime/testing/test-user";
import { freshDatabase } from "@/lib/store/testing/database";
import { type ComposedNode, startComposedNode } from "./composed-node";

export type Routing = "directed" | "broadcast";

/** A database and a Redis for the tests of a file, and clusters of nodes on them, each ended after its test. */
export function prepareNodes() {
  const undo = undoAfterEach();
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let redis: RedisProcess;

  beforeAll(async () => {
    [database, redis] = await Promise.all([freshDatabase(), startRedis()]);
  });
  afterAll(async () => {
    await redis.remove();
    await database.drop();
  });

  /** Nodes with the same prefix on the same Redis are one cluster. */
  async function startNode(routing: Routing, prefix: string, redisUrl = redis.url): Promise<ComposedNode> {
    const node = await startComposedNode(
      {
        DATABASE_URL: database.url,
        DATABASE_POOL: "4",
        REDIS_URL: redisUrl,
        REDIS_PREFIX: prefix,
        REDIS_COMMAND_TIMEOUT_MS: "1000",
        ROUTING: routing,
        NODE_NAME: `node-${randomUUID().slice(0, 8)}`,
      },
      { leases: SHORT_LEASES, graceMs: 100 },
    );
    undo(() => node.shutdown());
    return node;
  }

  /** Two nodes that know each other. */
  async function startTwo(routing: Routing): Promise<[ComposedNode, ComposedNode]> {
    const prefix = randomUUID();
    const nodes: [ComposedNode, ComposedNode] = [
      await startNode(routing, prefix),
      await startNode(routing, prefix),
    ];
    await vi.waitFor(async () => expect((await nodes[0].joined.cluster.nodes()).size).toBe(2));
    await vi.waitFor(async () => expect((await nodes[1].joined.cluster.nodes()).size).toBe(2));
    return nodes;
  }

  return { undo, startNode, startTwo };
}

export function newUser(node: ComposedNode): Promise<TestUser> {
  return createTestUser(node.services.people, `u${randomUUID().replaceAll("-", "").slice(0, 12)}`, "user");
}

const opened = z.object({ conversation: z.object({ id: conversationId }) });

/** The direct conversation of a client's user with another one. */
export async function openWith(client: TestClient, other: TestUser): Promise<ConversationId> {
  const { username } = other.account;
  return opened.parse(await client.ask("conversation:open", { username })).conversation.id;
}
