import { afterAll, describe, expect, it } from "vitest";
import type { ConversationId } from "@/lib/contract/ids";
import { isHomingError } from "@/lib/domain/homing-error";
import type { ConversationUnit } from "@/lib/usecases/ports/conversation-store";
import {
  newGroup,
  newMessage,
  newMessageId,
  openNode,
  openTwoNodes,
  present,
  stored,
} from "./testing/stores";

const rig = await openTwoNodes();
const { store } = rig;
afterAll(() => rig.close());

/** Resolves when this many statements wait for a lock. */
async function waiting(count: number): Promise<void> {
  await expect
    .poll(async () => {
      const { rows } = await rig.nodes[0].connections.pool.query<{ count: number }>(
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      return rows[0]?.count;
    })
    .toBe(count);
}

/** A change on the other node that stays open, after its first work, until it is released. */
function hold(conversation: ConversationId, first: (unit: ConversationUnit) => Promise<unknown>) {
  const locked = promiseOf();
  const released = promiseOf();
  const holding = rig.nodes[1].store.change(conversation, async (unit) => {
    await first(unit);
    locked.resolve();
    await released.promise;
  });
  return { locked: locked.promise, holding, release: released.resolve };
}

function promiseOf() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

describe("a send that waits for the conversation's lock", () => {
  it("is refused when the sender is removed meanwhile", async () => {
    const [ann, ben] = await rig.people(2);
    const id = await newGroup(store, ann, [ben]);
    let sent: ReturnType<typeof store.send> | undefined;
    await rig.nodes[1].store.change(id, async (unit) => {
      await unit.removeMember(ben);
      sent = store.send(newMessage(id, ben));
      await waiting(1);
    });
    expect(await sent).toEqual({ kind: "not_member" });
    expect(await store.head(ann, id)).toMatchObject({ lastSeq: 0, lastRev: 1 });
  });

  it("reaches the members who were added meanwhile", async () => {
    const [ann, ben, eve] = await rig.people(3);
    const id = await newGroup(store, ann, [ben]);
    stored(await store.send(newMessage(id, ann)));
    let sent: ReturnType<typeof store.send> | undefined;
    await rig.nodes[1].store.change(id, async (unit) => {
      await unit.addMember(eve, "member");
      sent = store.send(newMessage(id, ben));
      await waiting(1);
    });
    const outcome = stored(present(await sent));
    expect([...outcome.members].sort()).toEqual([ann, ben, eve].sort());
    expect(outcome.message).toMatchObject({ seq: 2, rev: 3 });
  });

  it("is a duplicate when another node stores the same client id meanwhile", async () => {
    const [ann, ben] = await rig.people(2);
    const { id } = await store.openDirect(ann, ben);
    const sent = newMessage(id, ann);
    const sends: ReturnType<typeof store.send>[] = [];
    await rig.nodes[1].store.change(id, async () => {
      sends.push(...rig.nodes.map((node) => node.store.send({ ...sent, id: newMessageId() })));
      await waiting(2);
    });
    const kinds = (await Promise.all(sends)).map(({ kind }) => kind);
    expect(kinds.sort()).toEqual(["duplicate", "stored"]);
  });
});

it("a cursor of who is removed while it waits is told so", async () => {
  const [ann, ben] = await rig.people(2);
  const id = await newGroup(store, ann, [ben]);
  stored(await store.send(newMessage(id, ann)));
  let moved: ReturnType<typeof store.moveCursors> | undefined;
  await rig.nodes[1].store.change(id, async (unit) => {
    await unit.removeMember(ben);
    moved = store.moveCursors(ben, id, { readSeq: 1 });
    await waiting(1);
  });
  expect(await moved).toBeUndefined();
});

it("a row that PostgreSQL refuses does not fail its neighbours", async () => {
  const [ann, ben] = await rig.people(2);
  const { id } = await store.openDirect(ann, ben);
  const settled = await Promise.allSettled(
    Array.from({ length: 50 }, (_, n) => store.send(newMessage(id, ann, n === 30 ? { body: "NUL \0" } : {}))),
  );
  expect(settled.flatMap(({ status }, n) => (status === "rejected" ? [n] : []))).toEqual([30]);
  expect(await store.head(ann, id)).toMatchObject({ lastSeq: 49, lastRev: 49 });
});

it("refuses more than it can hold, and all that it took in is stored", async () => {
  const [ann, ben] = await rig.people(2);
  const { id } = await store.openDirect(ann, ben);
  const settled = await Promise.allSettled(
    Array.from({ length: 6_000 }, () => store.send(newMessage(id, ann))),
  );
  const refused = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.every((error) => isHomingError(error) && error.code === "unavailable")).toBe(true);
  expect(await store.head(ann, id)).toMatchObject({ lastSeq: 6_000 - refused.length });
});

it("a send to a conversation that is locked for long gives up after a while as unavailable and holds up nobody else", async () => {
  const [ann, ben, eve] = await rig.people(3);
  const node = openNode(rig.url);
  const stuck = await store.openDirect(ann, ben);
  const free = await store.openDirect(ann, eve);
  const { locked, holding, release } = hold(stuck.id, async () => undefined);
  await locked;
  const refused = node.store.send(newMessage(stuck.id, ann)).catch((error: unknown) => error);
  const others = await Promise.all(
    Array.from({ length: 20 }, () => node.store.send(newMessage(free.id, eve))),
  );
  expect(others.every(({ kind }) => kind === "stored")).toBe(true);
  const error = await refused;
  expect(isHomingError(error) && [error.code, error.retryAfterMs]).toEqual(["unavailable", 1_000]);
  release();
  await holding;
  expect(await node.store.send(newMessage(stuck.id, ben))).toMatchObject({
    kind: "stored",
    message: { seq: 1 },
  });
  await node.close();
});

it("a cursor whose row is locked for long holds up nobody else", async () => {
  const [ann, ben] = await rig.people(2);
  const { id } = await store.openDirect(ann, ben);
  stored(await store.send(newMessage(id, ann)));
  const node = openNode(rig.url);
  const { locked, holding, release } = hold(id, (unit) => unit.addMember(ben, "member"));
  await locked;
  const refused = node.store.moveCursors(ben, id, { readSeq: 1 }).catch((error: unknown) => error);
  expect(await node.store.moveCursors(ann, id, { readSeq: 1 })).toMatchObject({ readSeq: 1, moved: true });
  const error = await refused;
  expect(isHomingError(error) && error.code).toBe("unavailable");
  release();
  await holding;
  expect(await node.store.moveCursors(ben, id, { readSeq: 1 })).toMatchObject({ readSeq: 1, moved: true });
  await node.close();
});
