import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import type { ClientId, UserId } from "@/lib/contract/ids";
import {
  checkCursors,
  checkDense,
  checkSends,
  checkUnread,
  checkVersions,
  observe,
} from "./testing/invariants";
import {
  newClientId,
  newGroup,
  newMessage,
  newMessageId,
  openTwoNodes,
  present,
  stored,
} from "./testing/stores";
import { everyKind, perform, steps, type World } from "./testing/workload";

const rig = await openTwoNodes();
afterAll(() => rig.close());

async function newWorld(): Promise<World> {
  const users = await rig.people(4);
  const [owner, ...others] = users;
  const conversations = [await newGroup(rig.store, owner, others), await newGroup(rig.store, owner, others)];
  const clientIds = new Map<string, ClientId>();
  return {
    stores: rig.nodes.map(({ store }) => store),
    users,
    conversations,
    clientId(user: UserId, key: number) {
      const known = clientIds.get(`${user} ${key}`) ?? newClientId();
      clientIds.set(`${user} ${key}`, known);
      return known;
    },
  };
}

it("keeps every invariant while people on two nodes do everything at once", async () => {
  const kinds = new Set<string>();
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const world = await newWorld();
      const done = await perform(world, all);
      const seen = await Promise.all(world.conversations.map((id) => observe(rig.store, world, id)));
      checkSends(done, seen);
      for (const conversation of seen) {
        checkDense(conversation);
        checkUnread(conversation);
        checkVersions(done, conversation);
        checkCursors(done, conversation);
      }
      for (const one of done) kinds.add(one.do === "send" ? one.outcome.kind : one.do);
    }),
    { numRuns: 25, endOnFailure: true, examples: [[everyKind]] },
  );
  // the workload is worth something only when everything happened
  expect([...kinds].sort()).toEqual(
    [
      "conflict",
      "deliver",
      "delete",
      "duplicate",
      "edit",
      "join",
      "leave",
      "no_such_reply",
      "not_member",
      "read",
      "stored",
    ].sort(),
  );
});

it("numbers what fifty writers on two nodes send into one conversation from 1 without a hole", async () => {
  const writers = await rig.people(50);
  const [owner, ...others] = writers;
  const id = await newGroup(rig.store, owner, others);
  const outcomes = await Promise.all(
    writers.map(async (writer, n) => {
      const { store } = present(rig.nodes[n % 2]);
      const seqs: number[] = [];
      for (let count = 0; count < 20; count++) {
        seqs.push(stored(await store.send(newMessage(id, writer, { body: `${n} ${count}` }))).message.seq);
      }
      return seqs;
    }),
  );
  for (const seqs of outcomes) expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  expect(outcomes.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 1_000 }, (_, n) => n + 1));
  expect(await rig.store.head(owner, id)).toMatchObject({ lastSeq: 1_000, lastRev: 1_000 });
});

it("makes one message of a thousand concurrent repeats on two nodes", async () => {
  const [ann, ben] = await rig.people(2);
  const { id } = await rig.store.openDirect(ann, ben);
  const sent = newMessage(id, ann);
  const outcomes = await Promise.all(
    Array.from({ length: 1_000 }, (_, n) =>
      present(rig.nodes[n % 2]).store.send({
        ...sent,
        id: newMessageId(),
        body: n < 10 ? "another" : sent.body,
      }),
    ),
  );
  const count = (kind: string) => outcomes.filter((outcome) => outcome.kind === kind).length;
  expect(count("stored")).toBe(1);
  expect([count("duplicate"), count("conflict")]).toEqual(count("duplicate") < 20 ? [9, 990] : [989, 10]);
  expect(present(await rig.store.history(ben, id, { limit: 10 })).messages).toHaveLength(1);
});

it("answers sends of one node in the order of their numbers", async () => {
  const people = await rig.people(10);
  const [owner, ...others] = people;
  const id = await newGroup(rig.store, owner, others);
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 500 }, async (_, n) => {
      const outcome = await rig.store.send(newMessage(id, present(people[n % 10])));
      order.push(stored(outcome).message.seq);
    }),
  );
  expect(order).toEqual(Array.from({ length: 500 }, (_, n) => n + 1));
});
