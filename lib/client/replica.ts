import type { ConversationId, UserId } from "@/lib/contract/ids";
import { LIMITS } from "@/lib/contract/limits";
import type { Change, Head } from "@/lib/contract/shapes";
import { namesEveryMember } from "@/lib/domain/apply-change";
import { createChangeSequence } from "@/lib/domain/gap";
import type { Stretch } from "@/lib/domain/timeline";
import type { Call } from "./call";
import type { StoppableClock } from "./clock";
import type { PendingMessage } from "./engine";
import { createGapRepair } from "./gap-repair";
import { createHeadModel, type HeadModel } from "./head-model";
import type { CachedStretch } from "./storage";
import { createTimelineModel, type TimelineModel } from "./timeline-model";

export interface ReplicaOptions {
  me: UserId;
  clock: StoppableClock;
  call: Call;
  isConnected(): boolean;
  /** Connected, and the snapshot of this connection was taken. */
  isSynced(): boolean;
  pending(conversation: ConversationId): readonly PendingMessage[];
  /** Something to draw changed. */
  changed(conversation: ConversationId): void;
  /** A change went in: in order and contiguous; again only when a timeline was taken from the cache. */
  applied(change: Change): void;
  /** What is known does not fit together: asks for a fresh snapshot. */
  lost(): void;
}

/** What this tab knows of one conversation: its head, its timeline, and up to which revision. */
export interface Replica {
  readonly id: ConversationId;
  readonly head: Pick<HeadModel, "told" | "shown" | "readTarget" | "takeCursor" | "takeReceipt">;
  /** Undefined until somebody asked for it. */
  readonly timeline: TimelineModel | undefined;
  /** The revision up to which changes were applied. */
  readonly rev: number;
  openTimeline(): TimelineModel;
  takeHead(head: Head): void;
  takeChange(change: Change): void;
  /** There is a change of this revision, whether or not it gets here by itself. */
  expect(rev: number): void;
  /** Fetches at once what is missing: nothing of it is on its way. */
  repair(): void;
  /** Shows what an earlier visit kept, when nothing newer is here. */
  restore(cached: CachedStretch & { epoch: string }): void;
  /** The conversation is the user's no longer. */
  drop(): void;
}

/** So many missed changes are not worth fetching one by one: the messages are loaded anew. */
const RELOAD_BEYOND = 1_000;
const NOTHING: Stretch = [];

export function createReplica(id: ConversationId, options: ReplicaOptions): Replica {
  let gone = false;
  let timeline: TimelineModel | undefined;
  let sequence = createChangeSequence(0);

  const changed = () => options.changed(id);
  const head = createHeadModel({
    conversation: id,
    me: options.me,
    call: options.call,
    stretch: () => timeline?.stretch ?? NOTHING,
    changed,
  });
  const gap = createGapRepair({
    conversation: id,
    clock: options.clock,
    call: options.call,
    isConnected: options.isConnected,
    // without a head there is nothing to bring up to date
    isMissing: () => head.told !== undefined && sequence.missing,
    applied: () => sequence.applied,
    take(changes, lastRev) {
      apply(changes.flatMap((change) => sequence.offer(change)));
      if (!gone) sequence.expect(lastRev);
    },
    void() {
      sequence.forgetMissing();
      startOver(head.told?.lastRev ?? sequence.applied);
      options.lost();
    },
  });

  function apply(changes: readonly Change[]): void {
    for (const change of changes) {
      head.apply(change);
      timeline?.apply(change);
      options.applied(change);
    }
    if (changes.length > 0) {
      if (head.told !== undefined && !namesEveryMember(head.told)) options.lost();
      changed();
    }
    gap.check();
  }

  /** Everything up to `rev` is known from elsewhere; the timeline, if there is one, has to be loaded anew. */
  function startOver(rev: number): void {
    sequence = createChangeSequence(rev);
    timeline?.outdate();
  }

  /** The changes up to this revision are in the head; the timeline may still need them. */
  function reach(rev: number): void {
    if (timeline?.active !== true) {
      apply(sequence.jumpTo(rev));
      return;
    }
    sequence.expect(rev);
    if (rev - sequence.applied > RELOAD_BEYOND) startOver(rev);
    gap.check();
  }

  return {
    id,
    head,
    get timeline() {
      return timeline;
    },
    get rev() {
      return sequence.applied;
    },
    openTimeline() {
      timeline ??= createTimelineModel({
        conversation: id,
        clock: options.clock,
        call: options.call,
        lastSeq: () => (options.isSynced() ? head.told?.lastSeq : undefined),
        unread: () => head.told?.unread ?? 0,
        isGone: () => gone || (head.told === undefined && options.isSynced()),
        pending: () => options.pending(id),
        changed,
      });
      timeline.ensure();
      return timeline;
    },
    takeHead(incoming) {
      const known = head.told;
      head.take(incoming);
      gone = false;
      if (known !== undefined && known.epoch !== incoming.epoch) startOver(incoming.lastRev);
      reach(incoming.lastRev);
      timeline?.ensure();
    },
    takeChange(change) {
      if (head.told === undefined) options.clock.after(LIMITS.gapWaitMs, askWhenUnknown);
      apply(sequence.offer(change));
    },
    expect(rev) {
      if (head.told === undefined) return;
      sequence.expect(rev);
      gap.check();
    },
    repair: gap.now,
    restore(cached) {
      const known = head.told;
      if (timeline === undefined || timeline.active || known?.epoch !== cached.epoch) return;
      timeline.restore(cached.messages);
      const { expected } = sequence;
      sequence = createChangeSequence(Math.min(cached.rev, known.lastRev));
      if (expected - sequence.applied > RELOAD_BEYOND) startOver(expected);
      sequence.expect(expected);
      gap.check();
    },
    drop() {
      gone = true;
      sequence = createChangeSequence(0);
      head.drop();
      timeline?.unload();
    },
  };

  /** A conversation that is new to us comes with a head of its own; when that got lost, a snapshot has it. */
  function askWhenUnknown(): void {
    if (head.told === undefined) options.lost();
  }
}
