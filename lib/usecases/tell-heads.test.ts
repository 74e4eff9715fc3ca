import { expect, it } from "vitest";
import { conversationId, type UserId } from "@/lib/contract/ids";
import type { Head } from "@/lib/contract/shapes";
import { ConversationModel, personOf } from "@/lib/domain/testing/conversation-model";
import { HeadTeller } from "./tell-heads";

const conversation = conversationId.parse("00000000-0000-4000-8000-000000000001");
const [ann, ben] = [personOf(0).id, personOf(1).id];

/** A store that answers when the test says so, each snapshot one revision newer. */
function controlled() {
  let rev = 0;
  const reads: { users: readonly UserId[]; answer(): void; fail(): void }[] = [];
  const told: { user: UserId; rev: number }[] = [];
  const teller = new HeadTeller({
    store: {
      headsOfMembers: (_, users) => {
        const head: Head = { ...new ConversationModel(2).head(ann), lastRev: ++rev };
        return new Promise((resolve, reject) => {
          reads.push({
            users,
            answer: () => resolve(users.map((user) => ({ user, head }))),
            fail: () => reject(new Error("gone")),
          });
        });
      },
    },
    fanOut: { head: (user, head) => told.push({ user, rev: head.lastRev }) },
  });
  return { teller, reads, told };
}

it("never sends an older head after a newer one, and gathers what comes meanwhile", async () => {
  const { teller, reads, told } = controlled();
  const first = teller.tell(conversation, [ann]);
  const second = teller.tell(conversation, [ann]);
  const third = teller.tell(conversation, [ann, ben]);
  expect(reads).toHaveLength(1);
  reads[0]?.answer();
  await first;
  await expect.poll(() => reads.length).toBe(2);
  reads[1]?.answer();
  await Promise.all([second, third]);
  expect(told).toEqual([
    { user: ann, rev: 1 },
    { user: ann, rev: 2 },
    { user: ben, rev: 2 },
  ]);
});

it("goes on after a round that failed, and tells only its own callers", async () => {
  const { teller, reads, told } = controlled();
  const first = teller.tell(conversation, [ann]);
  const second = teller.tell(conversation, [ben]);
  reads[0]?.fail();
  await expect(first).rejects.toThrow("gone");
  await expect.poll(() => reads.length).toBe(2);
  reads[1]?.answer();
  await second;
  await teller.quiet(conversation);
  const later = teller.tell(conversation, [ann]);
  reads[2]?.answer();
  await later;
  expect(told.map(({ user }) => user)).toEqual([ben, ann]);
});
