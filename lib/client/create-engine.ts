import type { ClientResults } from "@/lib/contract/client-events";
import type { ConversationId, UserId } from "@/lib/contract/ids";
import type { SessionEndReason } from "@/lib/contract/server-events";
import type { Change, Head } from "@/lib/contract/shapes";
import { onLeave, onReturn } from "./browser-events";
import type { ConnectionState, Engine } from "./engine";
import { createActions } from "./engine-actions";
import { assembleEngine, type EngineOptions, type EngineParts } from "./engine-parts";
import { forgetCachedPages } from "./service-worker";
import { createStore } from "./store";

/** Coming back to the page checks the connection at most this often, and waits so long for an answer. */
const PROBE_EVERY_MS = 10_000;
const PROBE_MS = 5_000;

/** After these nothing of the user's may stay in the browser, also not what was never sent. */
const FORGET_OUTBOX: ReadonlySet<SessionEndReason> = new Set(["signed_out", "revoked", "disabled"]);

/** The engine of one tab: says what follows from what. */
export function createEngine(options: EngineOptions): Engine {
  const { userId } = options;
  const state = createStore<ConnectionState>({ state: "connecting" });
  let synced = false;
  let leave: (() => void) | undefined;

  const parts = assembleEngine(options, {
    isSynced: () => synced,
    connected() {
      parts.synchronizer.connected();
      parts.outbox.flush();
      parts.idleness.connected();
    },
    lost(planned) {
      synced = false;
      parts.presence.lost();
      const { state: was, offlineSince } = state.get();
      if (was === "ended" || (planned && was === "online")) return;
      state.set({ state: "offline", offlineSince: offlineSince ?? parts.clock.now() });
    },
    refused: () => end("expired"),
    snapshot,
    applied: (change) => afterChange(parts, change, userId),
  });
  const { connection, replicas, cache, outbox } = parts;

  function snapshot(answer: ClientResults["sync"], take: (heads: readonly Head[]) => void): void {
    // somebody else signed in with this browser's cookie
    if (answer.me.id !== userId) {
      end("signed_out");
      return;
    }
    synced = true;
    connection.settled();
    cache.adopt(answer.epoch);
    take(answer.conversations);
    afterSnapshot(parts);
    if (state.get().state !== "online") state.set({ state: "online" });
  }

  function end(reason: SessionEndReason): void {
    if (state.get().state === "ended") return;
    state.set({ state: "ended", endReason: reason });
    void cache.wipe();
    void forgetCachedPages();
    if (FORGET_OUTBOX.has(reason)) void outbox.clear();
    close();
  }

  function close(): void {
    synced = false;
    connection.close();
    parts.clock.stopTimers();
    parts.tabs.close();
    parts.idleness.stop();
    leave?.();
    leave = undefined;
  }

  function start(): void {
    if (leave !== undefined || state.get().state === "ended") return;
    listen(parts, end);
    const probe = createProbe(parts);
    const stopReturn = onReturn(() => (connection.connected ? probe() : connection.nudge()));
    const stopLeave = onLeave(cache.flush);
    parts.idleness.start();
    leave = () => {
      stopReturn();
      stopLeave();
    };
    void outbox.load().then(() => {
      if (connection.connected) outbox.flush();
    });
    void cache.open().then(replicas.showCached);
    connection.open();
  }

  return {
    ...createActions(parts),
    connection: state,
    start,
    stop() {
      cache.flush();
      close();
    },
  };
}

function listen(parts: EngineParts, end: (reason: SessionEndReason) => void): void {
  const { connection, replicas, presence, online, synchronizer, clock } = parts;
  connection.on("change", (change) => replicas.of(change.conversationId).takeChange(change));
  connection.on("head", (head) => {
    replicas.takeHead(head);
    noteArrived(parts, head.id);
  });
  connection.on("gone", ({ conversationId }) => replicas.takeGone(conversationId));
  connection.on("receipt", (receipt) => replicas.get(receipt.conversationId)?.head.takeReceipt(receipt));
  connection.on("presence", presence.take);
  connection.on("online", ({ online: users }) => online.take(users));
  connection.on("resync", ({ withinMs }) => synchronizer.soon(withinMs));
  connection.on("drain", ({ withinMs }) => clock.after(withinMs * clock.random(), connection.reconnect));
  connection.on("session:end", ({ reason }) => end(reason));
}

/** What was missed is fetched, what could not be told is told. */
function afterSnapshot(parts: EngineParts): void {
  const { replicas, readCursor, deliveries, presence, online, connection } = parts;
  for (const replica of replicas.all()) {
    replica.repair();
    replica.timeline?.ensure();
    noteArrived(parts, replica.id);
  }
  readCursor.flush(replicas.all());
  deliveries.flush();
  void presence.renew(connection.call);
  online.renew();
}

/** Messages that a head tells of are here as much as those that a change brought. */
function noteArrived({ replicas, deliveries }: EngineParts, conversation: ConversationId): void {
  const head = replicas.get(conversation)?.head.told;
  if (head !== undefined && head.unread > 0) deliveries.note(conversation, head.lastSeq);
}

function afterChange(parts: EngineParts, change: Change, me: UserId): void {
  const { type, conversationId, message } = change;
  parts.outbox.settle(change);
  if (message === undefined) return;
  if (type === "message.created" && message.sender.id !== me)
    parts.deliveries.note(conversationId, message.seq);
  // a conversation that is not open is not written down again soon: its deleted words must not stay
  const isOpen = parts.replicas.get(conversationId)?.timeline?.active === true;
  if (type === "message.deleted" && !isOpen) parts.cache.drop(conversationId, { keepHead: true });
}

/** A laptop that slept holds a connection that looks alive and is not: ask, and connect anew when nobody answers. */
function createProbe({ clock, presence, connection }: EngineParts): () => void {
  let last = 0;
  return () => {
    if (clock.now() - last < PROBE_EVERY_MS) return;
    last = clock.now();
    void presence.renew(connection.ask(PROBE_MS)).then((answered) => {
      if (!answered) connection.reconnect();
    });
  };
}
