import type { Patch } from "../faults/build-patched";
import type { TestCluster } from "../faults/test-cluster";
import type { Violation } from "./verify-history";

/** A server or client that breaks a promise, and what must be found of it. */
export interface Mutant {
  name: string;
  /** One place of the server's source that is written otherwise. */
  patch?: Patch;
  /** What is done to the database before people come. */
  spoil?(cluster: TestCluster): Promise<void>;
  repairsGaps?: false;
  /** Under these faults it must show. */
  faults: readonly string[];
  /** Any of these. */
  caughtBy: readonly Violation["invariant"][];
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: "acknowledges before the commit is durable",
    faults: ["PostgreSQL crashes and is started again"],
    caughtBy: ["I1"],
    async spoil({ database }) {
      await database.query("alter system set synchronous_commit = off");
      await database.query("alter system set wal_writer_delay = '10s'");
      await database.query("select pg_reload_conf()");
    },
  },
  {
    name: "acknowledges before it stores",
    patch: {
      file: "lib/usecases/send-message.ts",
      from: "const outcome = await ports.store.send({",
      to: `const early = { conversationId, seq: 1, rev: 1, id: clientId, clientId, body, version: 1, reactions: [],
        attachments: [], createdAt: new Date().toISOString(), sender: { ...actor } };
      ports.store.send({ id: messageId.parse(ports.randomness.uuid()), conversationId, senderId: actor.id, clientId, body })
        .catch(() => undefined);
      return { message: early, duplicate: false };
      const outcome = await ports.store.send({`,
    },
    faults: [],
    caughtBy: ["I1"],
  },
  {
    name: "has no unique key on the sender's ids",
    faults: [],
    caughtBy: ["I2"],
    async spoil({ database }) {
      await database.query("alter table messages drop constraint messages_sender_id_client_id_key");
      await database.query("create index messages_by_client_id on messages (sender_id, client_id)");
    },
  },
  {
    name: "has no reconciler",
    patch: {
      file: "lib/cluster/reconcile/reconciler.ts",
      from: "async #round(): Promise<void> {",
      to: "async #round(): Promise<void> { return;",
    },
    faults: ["F5"],
    caughtBy: ["I7", "F5"],
  },
  { name: "repairs no gap in the client", repairsGaps: false, faults: ["F12"], caughtBy: ["I6"] },
  {
    name: "sends to everybody without a filter",
    patch: {
      file: "lib/realtime/fan-out.ts",
      from: 'to(users(audience), (target) => target.emit("change", version));',
      to: 'io.emit("change", version);',
    },
    faults: [],
    caughtBy: ["I12"],
  },
];
