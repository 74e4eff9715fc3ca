import type { ConversationId, UserId } from "@/lib/contract/ids";
import type { Change, Head, Receipt } from "@/lib/contract/shapes";
import { applyChangeToHead } from "@/lib/domain/apply-change";
import { applyReceipt, catchUp, readUpTo } from "@/lib/domain/head-cursor";
import type { Stretch } from "@/lib/domain/timeline";
import type { Call } from "./call";

export interface HeadModelOptions {
  conversation: ConversationId;
  me: UserId;
  call: Call;
  stretch(): Stretch;
  changed(): void;
}

/** A conversation's head: what the server told, brought up to date by changes, and what was read here meanwhile. */
export interface HeadModel {
  /** As the server told it. */
  readonly told: Head | undefined;
  /** With what was read here and the server has not confirmed yet. */
  readonly shown: Head | undefined;
  /** Set while something was read here and the server has not confirmed it. */
  readTarget: number | undefined;
  take(head: Head): void;
  /** The server's answer about our cursor; its `unread` counts when the cursor went back. */
  takeCursor(cursor: { readSeq: number; unread: number }): void;
  takeReceipt(receipt: Receipt): void;
  /** In the order of `rev`; one that is in the head already changes nothing. */
  apply(change: Change): void;
  drop(): void;
}

/** Enough to bring a head up to date that changes overtook on their way. */
const RECENT = 50;

export function createHeadModel(options: HeadModelOptions): HeadModel {
  const { me } = options;
  let told: Head | undefined;
  let readTarget: number | undefined;
  let recent: Change[] = [];
  let last: { head: Head; target: number; stretch: Stretch; shown: Head } | undefined;

  const set = (head: Head) => {
    told = head;
    if (readTarget !== undefined && readTarget <= head.readSeq) readTarget = undefined;
    options.changed();
  };

  const takeCursor: HeadModel["takeCursor"] = ({ readSeq, unread }) => {
    if (told === undefined) return;
    set(
      readSeq < told.readSeq ? { ...told, readSeq, unread } : readUpTo(told, readSeq, options.stretch(), me),
    );
  };

  /** A cursor that went back was put back on another device, or is old news: only the server can tell. */
  const checkCursor = async (suspect: Head): Promise<void> => {
    const answer = await options.call("read:set", { conversationId: suspect.id, seq: 0 });
    if (!answer.ok || told === undefined || answer.readSeq === told.readSeq) return;
    const caughtUp =
      answer.readSeq === suspect.readSeq ? catchUp(suspect, recent, told.lastRev, me) : undefined;
    if (caughtUp === undefined) takeCursor(answer);
    else set(caughtUp);
  };

  return {
    get told() {
      return told;
    },
    get shown() {
      if (told === undefined || readTarget === undefined) return told;
      const stretch = options.stretch();
      // the same object while nothing changed, so that a row in a list is drawn again only when it has to be
      if (last?.head !== told || last.target !== readTarget || last.stretch !== stretch) {
        last = { head: told, target: readTarget, stretch, shown: readUpTo(told, readTarget, stretch, me) };
      }
      return last.shown;
    },
    get readTarget() {
      return readTarget;
    },
    set readTarget(seq) {
      readTarget = seq === undefined || seq <= (told?.readSeq ?? 0) ? undefined : seq;
      options.changed();
    },
    take(incoming) {
      if (told === undefined || incoming.epoch !== told.epoch) {
        recent = [];
        set(incoming);
        return;
      }
      const { readSeq, unread, lastRev } = told;
      const current = incoming.lastRev < lastRev ? catchUp(incoming, recent, lastRev, me) : incoming;
      if (current === undefined) {
        takeCursor({ readSeq: Math.max(readSeq, incoming.readSeq), unread });
        return;
      }
      const wentBack = current.readSeq < readSeq;
      set(wentBack && current.lastRev === lastRev ? { ...current, readSeq, unread } : current);
      if (wentBack) void checkCursor(current);
    },
    takeCursor,
    takeReceipt(receipt) {
      if (told !== undefined) set(applyReceipt(told, receipt));
    },
    apply(change) {
      recent.push(change);
      if (recent.length > 2 * RECENT) recent = recent.slice(-RECENT);
      if (told !== undefined) set(applyChangeToHead(told, change, me));
    },
    drop() {
      told = undefined;
      readTarget = undefined;
      recent = [];
      options.changed();
    },
  };
}
