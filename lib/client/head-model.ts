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
  /** `told` with everything read up to `readTarget`; changes are applied to both, so that its count stays exact. */
  let ahead: Head | undefined;
  let recent: Change[] = [];

  const lookAhead = () => {
    if (told === undefined || readTarget === undefined || readTarget <= told.readSeq) {
      readTarget = undefined;
      ahead = undefined;
    } else if (ahead?.readSeq === readTarget && ahead.lastRev === told.lastRev) {
      ahead = { ...told, readSeq: ahead.readSeq, unread: ahead.unread };
    } else ahead = readUpTo(told, readTarget, options.stretch(), me);
  };
  const set = (head: Head) => {
    if (head === told) return;
    told = head;
    lookAhead();
    options.changed();
  };

  const takeCursor: HeadModel["takeCursor"] = ({ readSeq, unread }) => {
    if (told === undefined) return;
    if (readSeq === ahead?.readSeq && ahead.lastRev === told.lastRev) set(ahead);
    else if (readSeq < told.readSeq) set({ ...told, readSeq, unread });
    else set(readUpTo(told, readSeq, options.stretch(), me));
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
      return ahead ?? told;
    },
    get readTarget() {
      return readTarget;
    },
    set readTarget(seq) {
      readTarget = seq;
      lookAhead();
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
      if (told === undefined) return;
      if (ahead !== undefined) ahead = applyChangeToHead(ahead, change, me);
      set(applyChangeToHead(told, change, me));
    },
    drop() {
      told = undefined;
      recent = [];
      lookAhead();
      options.changed();
    },
  };
}
