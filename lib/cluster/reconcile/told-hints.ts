import { type ReceivedReceipt, receivedHint } from "./received-hint";
import { RemovedMembers } from "./removed-members";
import { SeenRevisions } from "./seen-revisions";
import { ToldCursors } from "./told-cursors";

/** What the devices on this node were told of conversations, by this node and by the others. */
export class ToldHints {
  readonly revisions: SeenRevisions;
  readonly cursors: ToldCursors;
  readonly removed: RemovedMembers;

  /** @param now milliseconds of a clock that never goes back. */
  constructor(now: () => number) {
    this.revisions = new SeenRevisions(now);
    this.cursors = new ToldCursors(now);
    this.removed = new RemovedMembers(now);
  }

  change(conversation: string, rev: number): void {
    this.revisions.note(conversation, rev);
  }

  /** Of a head, which goes to one user, only that a conversation is new is for all who are in it. */
  head(user: string, { id, lastRev, readSeq }: { id: string; lastRev: number; readSeq: number }): void {
    if (lastRev === 0) this.revisions.note(id, 0);
    this.cursors.noteOwn(user, id, readSeq);
    this.removed.isBack(user, id, lastRev);
  }

  receipt(receipt: ReceivedReceipt): void {
    this.cursors.noteReceipt(receipt);
  }

  /**
   * Takes note of an event that came from another node, before it is passed on.
   *
   * @param event as an adapter's listener of events gets it.
   * @param users whom it is for.
   * @returns those of them who must not get it any more.
   */
  received(event: unknown, users: readonly string[]): string[] {
    const hint = receivedHint(event);
    if (hint === undefined) return [];
    const late = this.removed.mustNotHear(hint, users);
    if (hint.kind === "change") this.change(hint.conversationId, hint.rev);
    if (hint.kind === "receipt") this.receipt(hint.receipt);
    if (hint.kind === "head") {
      for (const user of users) if (!late.includes(user)) this.head(user, hint.head);
    }
    return late;
  }
}
