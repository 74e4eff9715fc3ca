import type { ErrorBody } from "@/lib/contract/errors";
import type { ConversationId } from "@/lib/contract/ids";
import type { Change, Message } from "@/lib/contract/shapes";
import { applyChange, joinPage, mendPage, newer, type Stretch, trim } from "@/lib/domain/timeline";
import type { Call } from "./call";
import type { StoppableClock } from "./clock";
import type { PendingMessage, Timeline, TimelineState } from "./engine";
import { createHistoryLoader, type Load } from "./history-loader";
import { sameState } from "./same-state";
import { createWatchedStore } from "./watched-store";

/** Messages a timeline holds at most while it is looked at, and while it is not. */
const WATCHED_BOUND = 2_000;
const IDLE_BOUND = 200;

export interface TimelineModelOptions {
  conversation: ConversationId;
  clock: StoppableClock;
  call: Call;
  /** The number of the last message, once a snapshot of this connection says so; undefined while it is not known. */
  lastSeq(): number | undefined;
  unread(): number;
  isGone(): boolean;
  pending(): readonly PendingMessage[];
  changed(): void;
}

/** One conversation's window of messages, and the loads that move it. */
export interface TimelineModel extends Timeline {
  /** Whether every change matters to it: it is loaded, or a page is on its way. */
  readonly active: boolean;
  readonly watched: boolean;
  readonly stretch: Stretch;
  /** Whether `stretch` reaches the newest message. */
  readonly atEnd: boolean;
  apply(change: Change): void;
  /** Shows what an earlier visit kept, up to the newest message of that time. */
  restore(stretch: Stretch): void;
  /** It missed changes: to be loaded anew; what it shows stays until then. */
  outdate(): void;
  unload(): void;
  /** Begins or goes on with what there is to load, when that is possible. */
  ensure(): void;
  publish(): void;
}

const EMPTY: TimelineState = {
  status: "loading",
  messages: [],
  pending: [],
  hasOlder: false,
  hasNewer: false,
  loadingOlder: false,
  loadingNewer: false,
};

export function createTimelineModel(options: TimelineModelOptions): TimelineModel {
  let stretch: Stretch = [];
  let loaded = false;
  let outdated = false;
  /** Whether it is to be loaded also while nobody looks. */
  let wanted = true;
  let error: ErrorBody | undefined;
  /** The newest message's number, as far as the applied changes tell. */
  let endSeq = 0;
  /** The end that is being read, as far as the loads tell: what is trimmed is at the other one. */
  let reading: "oldest" | "newest" = "newest";
  /** Messages of changes that came while a page was on its way. */
  const heard = new Map<number, Message>();

  const store = createWatchedStore<TimelineState>(EMPTY, {
    begin: () => ensure(),
    end: () => bound(stretch),
  });
  const loader = createHistoryLoader({
    ...options,
    endSeq: () => Math.max(endSeq, options.lastSeq() ?? 0),
    bounds: () => ({ first: stretch[0]?.seq ?? 1, last: stretch.at(-1)?.seq ?? 0 }),
    take,
    fail: (reason) => {
      error = reason;
      heard.clear();
    },
  });

  const atEnd = () => (stretch.at(-1)?.seq ?? 0) >= endSeq;

  function bound(next: Stretch): void {
    const idle = !store.watched && (next.at(-1)?.seq ?? 0) >= endSeq;
    if (idle) reading = "newest";
    stretch = trim(next, idle ? IDLE_BOUND : WATCHED_BOUND, reading);
  }

  function take(load: Load, page: Stretch): void {
    const mended = mendPage(page, heard);
    heard.clear();
    const moves = load.kind === "latest" || load.kind === "around";
    const joined = moves ? mended : joinPage(stretch, mended);
    if (joined === undefined) return;
    if (moves) outdated = false;
    loaded = true;
    error = undefined;
    reading = load.kind === "older" ? "oldest" : "newest";
    endSeq = Math.max(endSeq, options.lastSeq() ?? 0, joined.at(-1)?.seq ?? 0);
    bound(joined);
  }

  function apply({ type, message, ...change }: Change): void {
    if (message === undefined) return;
    if (loader.load !== undefined) {
      const known = heard.get(message.seq);
      heard.set(message.seq, known === undefined ? message : newer(known, message));
    }
    endSeq = Math.max(endSeq, message.seq);
    if (loaded) bound(applyChange(stretch, { ...change, type, message }));
  }

  function ensure(): void {
    const due = loaded ? outdated && store.watched : wanted || store.watched;
    if (due && loader.load === undefined && !options.isGone()) loader.begin({ kind: "latest" });
    loader.run();
    options.changed();
  }

  function begin(load: Load): void {
    error = undefined;
    loader.begin(load);
    loader.run();
    options.changed();
  }

  function status(): TimelineState["status"] {
    if (options.isGone() || error?.code === "not_found") return "not_found";
    if (loaded) return "ready";
    return error === undefined ? "loading" : "error";
  }

  function state(): TimelineState {
    const sent = new Set(stretch.slice(-IDLE_BOUND).map(({ clientId }) => clientId));
    const kind = loader.load?.kind;
    const first = stretch[0]?.seq ?? 1;
    return {
      status: status(),
      messages: stretch,
      pending: options.pending().filter(({ clientId }) => !sent.has(clientId)),
      hasOlder: loaded && first > 1,
      hasNewer: loaded && !atEnd(),
      loadingOlder: loaded && (kind === "older" || kind === "around"),
      loadingNewer: loaded && (kind === "newer" || kind === "latest"),
      ...(error === undefined ? {} : { error }),
    };
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    get active() {
      return (loaded && !outdated) || loader.running;
    },
    get watched() {
      return store.watched;
    },
    get stretch() {
      return stretch;
    },
    get atEnd() {
      return loaded && !outdated && atEnd();
    },
    loadOlder() {
      if (loaded && loader.load === undefined && (stretch[0]?.seq ?? 1) > 1) begin({ kind: "older" });
    },
    loadNewer() {
      if (loaded && loader.load === undefined && !atEnd()) begin({ kind: "newer" });
    },
    jumpTo(seq) {
      const [first, last] = [stretch[0]?.seq ?? 0, stretch.at(-1)?.seq ?? 0];
      if (!loaded || outdated || seq < first || seq > last) begin({ kind: "around", seq: Math.max(1, seq) });
    },
    jumpToLatest() {
      reading = "newest";
      if (!loaded || outdated || !atEnd()) begin({ kind: "latest" });
    },
    apply,
    restore(kept) {
      if (loaded || loader.running) return;
      stretch = kept;
      loaded = true;
      loader.cancel();
      endSeq = Math.max(endSeq, kept.at(-1)?.seq ?? 0);
      options.changed();
    },
    outdate() {
      outdated = loaded;
      ensure();
    },
    unload() {
      stretch = [];
      loaded = false;
      outdated = false;
      wanted = false;
      endSeq = 0;
      loader.cancel();
      heard.clear();
      options.changed();
    },
    ensure,
    publish() {
      const next = state();
      if (!sameState(store.get(), next)) store.set(next);
    },
  };
}
