import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import type { ConversationId } from "@/lib/contract/ids";
import type { Change, Head } from "@/lib/contract/shapes";
import { applyChangeToHead } from "@/lib/domain/apply-change";
import { newClientId } from "@/lib/store/testing/stores";
import type { Actor } from "./actor";
import { openDelivery, refusal } from "./testing/delivery";

const delivery = await openDelivery();
afterAll(() => delivery.close());

/** `by` and `pick` choose among the people and messages there are. */
interface Step {
  do: "send" | "edit" | "delete" | "react" | "add" | "remove" | "rename" | "leave";
  by: number;
  pick: number;
}

const among = fc.nat({ max: 11 });
const step = (weight: number, ...kinds: Step["do"][]) => ({
  weight,
  arbitrary: fc.record({ do: fc.constantFrom(...kinds), by: among, pick: among }),
});
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    step(5, "send"),
    step(5, "edit", "delete", "react"),
    step(4, "add", "remove"),
    step(2, "rename", "leave"),
  ),
  { minLength: 1, maxLength: 25 },
);

/** One life that has every kind of change, whatever chance brings. */
const everyKind: Step[] = [
  { do: "send", by: 0, pick: 0 },
  { do: "send", by: 1, pick: 0 },
  { do: "edit", by: 0, pick: 0 },
  { do: "react", by: 1, pick: 1 },
  { do: "add", by: 1, pick: 4 },
  { do: "send", by: 4, pick: 0 },
  { do: "remove", by: 1, pick: 2 },
  { do: "rename", by: 1, pick: 0 },
  { do: "delete", by: 0, pick: 2 },
  { do: "leave", by: 1, pick: 0 },
];

/** Does it as far as the rules allow: who may not is refused, which is no change. The first of `people` stays. */
async function take(people: readonly Actor[], conversationId: ConversationId, step: Step): Promise<void> {
  const { useCases } = delivery;
  const actor = at(people, step.by);
  const each = async (ask: (one: Actor) => Promise<unknown>) => {
    for (const one of people) await refusal(ask(one));
  };
  if (step.do === "send") {
    await refusal(useCases.sendMessage(actor, { conversationId, clientId: newClientId(), body: "hello" }));
  } else if (step.do === "leave") {
    if (actor !== people[0]) await refusal(useCases.leaveConversation(actor, { conversationId }));
  } else if (step.do === "rename") {
    await each((one) => useCases.updateConversation(one, { conversationId, title: `Title ${step.pick}` }));
  } else if (step.do === "add") {
    const add = [at(people, step.pick).username];
    await each((one) => useCases.updateConversation(one, { conversationId, add }));
  } else if (step.do === "remove") {
    const whom = at(people, step.pick);
    if (whom === people[0]) return;
    await each((one) => useCases.updateConversation(one, { conversationId, remove: [whom.username] }));
  } else await changeMessage(people, conversationId, step);
}

async function changeMessage(
  people: readonly Actor[],
  conversationId: ConversationId,
  step: Step,
): Promise<void> {
  const { useCases } = delivery;
  const { messages } = await useCases.history(at(people, 0), { conversationId, limit: 100 });
  if (messages.length === 0) return;
  const { seq, version, sender } = at(messages, step.pick);
  const author = people.find(({ id }) => id === sender.id) ?? at(people, 0);
  const message = { conversationId, seq };
  if (step.do === "edit") {
    await refusal(useCases.editMessage(author, { ...message, version, body: `edited ${version}` }));
  } else if (step.do === "delete") await refusal(useCases.deleteMessage(author, message));
  else await refusal(useCases.reactToMessage(at(people, step.by), { ...message, emoji: "👍", on: true }));
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new Error("Nothing to choose from.");
  return item;
}

/** Members in any order, and of the receipts only whose they are: cursors travel by another way. */
const comparable = (head: Head) => ({
  ...head,
  members: head.members.toSorted((one, other) => (one.id < other.id ? -1 : 1)),
  receipts: head.receipts.map(({ userId }) => userId).sort(),
});

it("a snapshot and the changes after it are a fresh snapshot, live and fetched, for every kind of change", async () => {
  const types = new Set<string>();
  await fc.assert(
    fc.asyncProperty(steps, fc.nat({ max: 24 }), async (life, snapshotAt) => {
      const people = await delivery.actors(6);
      const [me, owner] = people;
      const usernames = people.slice(0, 4).map(({ username }) => username);
      const payload = { clientId: newClientId(), title: "Group", usernames };
      const { conversation } = await delivery.useCases.createConversation(owner, payload);
      const fresh = async () => {
        const found = await delivery.store.head(me.id, conversation.id);
        if (found === undefined) throw new Error("The viewer left.");
        return found;
      };
      let older = await fresh();
      let live = older;
      delivery.hear(me);
      for (const [index, step] of life.entries()) {
        if (index === snapshotAt) older = await fresh();
        await take(people, conversation.id, step);
        const changes = delivery.hear(me).flatMap((told) => (told.event === "change" ? [told.change] : []));
        for (const change of changes) types.add(change.type);
        live = changes.reduce((head, change) => applyChangeToHead(head, change, me.id), live);
        // as the fan-out has it, the client id is still on others' messages: it takes it off for their devices
        expect(withoutClientId(comparable(live))).toEqual(withoutClientId(comparable(await fresh())));
      }
      const fetched = await everyChange(me, conversation.id, older.lastRev);
      const repaired = fetched.reduce((head, change) => applyChangeToHead(head, change, me.id), older);
      expect(comparable(repaired)).toEqual(comparable(await fresh()));
    }),
    { numRuns: 20, endOnFailure: true, examples: [[everyKind, 0]] },
  );
  expect([...types].sort()).toEqual([
    "conversation.updated",
    "member.added",
    "member.removed",
    "message.created",
    "message.deleted",
    "message.edited",
    "message.reacted",
  ]);
});

async function everyChange(me: Actor, conversationId: ConversationId, afterRev: number): Promise<Change[]> {
  const all: Change[] = [];
  for (;;) {
    const page = await delivery.useCases.changes(me, {
      conversationId,
      afterRev: afterRev + all.length,
      limit: 3,
    });
    all.push(...page.changes);
    if (!page.hasMore) return all;
  }
}

function withoutClientId(head: ReturnType<typeof comparable>) {
  if (head.lastMessage === undefined) return head;
  const { clientId: _, ...lastMessage } = head.lastMessage;
  return { ...head, lastMessage };
}
