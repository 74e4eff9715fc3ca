import { afterAll, expect, it } from "vitest";
import type { CursorOutcome } from "@/lib/usecases/ports/conversation-store";
import { newMessage, openTwoNodes, present, stored } from "../testing/stores";
import { CursorQueue } from "./cursor-queue";
import { MemberCache } from "./member-cache";

const rig = await openTwoNodes();
afterAll(() => rig.close());

it("holds one move a member in each batch, also while a batch that failed is tried in halves", async () => {
  const [ann, ben] = await rig.people(2);
  const { id: conversationId } = await rig.store.openDirect(ann, ben);
  for (let sent = 0; sent < 9; sent += 1) stored(await rig.store.send(newMessage(conversationId, ann)));

  const sizes: number[] = [];
  const later: Promise<CursorOutcome | undefined>[] = [];
  const queue = new CursorQueue(rig.nodes[0].connections.dedicated({}), new MemberCache(), (size: number) => {
    sizes.push(size);
    // while the batch fails as a whole, and once its first half is through
    if (sizes.length <= 2) later.push(readBy(5 + sizes.length));
  });
  const readBy = (readSeq: number) =>
    queue.move({ userId: ben, conversationId, readSeq, deliveredSeq: undefined });
  const good = readBy(1);
  // no number of a message: the statement as a whole is refused
  const bad = queue.move({ userId: ann, conversationId, readSeq: 1.5, deliveredSeq: undefined });

  await expect(bad).rejects.toMatchObject({ code: "22P02" });
  expect(await good).toMatchObject({ readSeq: 1, moved: true });
  const outcomes = await Promise.all(later);
  expect(outcomes).toMatchObject([
    { readSeq: 7, moved: true },
    { readSeq: 7, moved: false },
  ]);
  expect(sizes).toEqual([2, 1, 1, 1]);
  expect(present(await rig.store.head(ben, conversationId)).readSeq).toBe(7);
  await queue.close();
});
