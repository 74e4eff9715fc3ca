import type { ConversationId } from "@/lib/contract/ids";
import type { Head } from "@/lib/contract/shapes";
import { reorder } from "./conversation-order";
import type { ConversationList } from "./engine";
import { createReplica, type Replica, type ReplicaOptions } from "./replica";
import { createStore, type Store } from "./store";
import type { TimelineModel } from "./timeline-model";

export interface ReplicasOptions extends ReplicaOptions {
  dropped(conversation: ConversationId): void;
}

/** All conversations of the user that this tab knows of. */
export interface Replicas {
  readonly list: Store<ConversationList>;
  get(id: ConversationId): Replica | undefined;
  all(): Iterable<Replica>;
  /** The one with this id, made when missing. */
  of(id: ConversationId): Replica;
  timeline(id: ConversationId): TimelineModel;
  takeHead(head: Head): void;
  takeGone(id: ConversationId): void;
  /** Shows what an earlier visit kept, until there is a snapshot. */
  showCached(heads: readonly Head[]): void;
  /**
   * To be called when a snapshot is asked for; the function that is given takes it. What came or went meanwhile by
   * events is newer than the snapshot, and stays.
   */
  beginSnapshot(): (heads: readonly Head[]) => void;
  publish(changed: ReadonlySet<ConversationId>): void;
}

/** So many timelines keep their messages; of more, those that nobody looks at are emptied, longest unused first. */
const LOADED_TIMELINES = 30;

const NOTHING_YET: ConversationList = { status: "loading", heads: [], byId: new Map(), unread: 0 };

export function createReplicas(options: ReplicasOptions): Replicas {
  const replicas = new Map<ConversationId, Replica>();
  const list = createStore(NOTHING_YET);
  /** By latest use. */
  const timelines = new Map<ConversationId, TimelineModel>();
  let status: ConversationList["status"] = "loading";
  let cameMeanwhile = new Set<ConversationId>();

  const of = (id: ConversationId) => {
    const replica = replicas.get(id) ?? createReplica(id, options);
    replicas.set(id, replica);
    return replica;
  };

  const drop = (id: ConversationId) => {
    const replica = replicas.get(id);
    if (replica === undefined) return;
    replica.drop();
    // whoever shows its timeline keeps seeing what became of it
    if (replica.timeline === undefined) replicas.delete(id);
    options.dropped(id);
    options.changed(id);
  };

  const forgetUnused = () => {
    for (const [id, timeline] of timelines) {
      if (timelines.size <= LOADED_TIMELINES) return;
      if (timeline.watched) continue;
      timeline.unload();
      timelines.delete(id);
    }
  };

  const publish: Replicas["publish"] = (changed) => {
    const known = list.get();
    const shown = new Map<ConversationId, Head | undefined>();
    for (const id of changed) {
      const replica = replicas.get(id);
      replica?.timeline?.publish();
      const head = replica?.head.shown;
      if (head !== known.byId.get(id)) shown.set(id, head);
    }
    if (shown.size > 0 || known.status !== status) list.set({ ...relist(known, shown), status });
  };

  return {
    list,
    get: (id) => replicas.get(id),
    all: () => replicas.values(),
    of,
    timeline(id) {
      const timeline = of(id).openTimeline();
      timelines.delete(id);
      timelines.set(id, timeline);
      forgetUnused();
      return timeline;
    },
    takeHead(head) {
      cameMeanwhile.add(head.id);
      of(head.id).takeHead(head);
    },
    takeGone(id) {
      cameMeanwhile.add(id);
      drop(id);
    },
    showCached(heads) {
      if (status !== "loading" || heads.length === 0) return;
      status = "cached";
      for (const head of heads) of(head.id).takeHead(head);
    },
    beginSnapshot() {
      const came = new Set<ConversationId>();
      cameMeanwhile = came;
      return (heads) => {
        const present = new Set(heads.map(({ id }) => id));
        for (const id of [...replicas.keys()]) if (!present.has(id) && !came.has(id)) drop(id);
        const gone = (id: ConversationId) => came.has(id) && replicas.get(id)?.head.told === undefined;
        for (const head of heads) if (!gone(head.id)) of(head.id).takeHead(head);
        status = "ready";
        // at once and together: whoever sees that the list is current sees the current list
        publish(new Set(replicas.keys()));
      };
    },
    publish,
  };
}

function relist(
  known: ConversationList,
  changed: ReadonlyMap<ConversationId, Head | undefined>,
): Omit<ConversationList, "status"> {
  const heads = reorder(known.heads, changed);
  const byId = new Map(heads.map((head) => [head.id, head]));
  const unread = heads.reduce((sum, head) => sum + (head.muted ? 0 : head.unread), 0);
  return { heads, byId, unread };
}
