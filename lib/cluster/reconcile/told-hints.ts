import { type ReceivedReceipt, receivedHint } from "./received-hint";
import { SeenRevisions } from "./seen-revisions";
import { ToldCursors } from "./told-cursors";

/** What the devices on this node were told of conversations, by this node and by the others. */
export class ToldHints {
  readonly revisions: SeenRevisions;
  readonly cursors: ToldCursors;

  /** @param now milliseconds of a clock that never goes back. */
  constructor(now: () => number) {
    this.revisions = new SeenRevisions(now);
    this.cursors = new ToldCursors(now);
  }

  change(conversation: string, rev: number): void {
    this.revisions.note(conversation, rev);
  }

  /** Of a head, which goes to one user, only that a conversation is new is for all who are in it. */
  head(user: string, { id, lastRev, readSeq }: { id: string; lastRev: number; readSeq: number }): void {
    if (lastRev === 0) this.revisions.note(id, 0);
    this.cursors.noteOwn(user, id, readSeq);
  }

  receipt(receipt: ReceivedReceipt): void {
    this.cursors.noteReceipt(receipt);
  }

  /**
   * Takes note of an event that came from another node.
   *
   * @param event as an adapter's listener of events gets it.
   * @param users whom it is for.
   */
  received(event: unknown, users: Iterable<string>): void {
    const hint = receivedHint(event);
    if (hint?.kind === "change") this.change(hint.conversationId, hint.rev);
    if (hint?.kind === "receipt") this.receipt(hint.receipt);
    if (hint?.kind !== "head") return;
    for (const user of users) this.head(user, hint.head);
  }
}
