import type { ConversationId, UserId } from "@/lib/contract/ids";
import type { Change, Head, OnlineUser, Presence, Receipt } from "@/lib/contract/shapes";
import type { Logger } from "@/lib/ops/log";
import type { Traffic } from "@/lib/ops/metrics/traffic";
import type { FanOut, LossyFanOut } from "@/lib/usecases/ports/fan-out";
import type { Counters } from "./counters";
import { forOthers } from "./encode-once";
import { credentialRoom, presenceRoom, userRoom } from "./rooms";
import type { RealtimeServer } from "./socket-server";

/** The only caller of emit. The port's events and presence reach every node, the others stay on this one. */
export interface RealtimeFanOut extends FanOut, LossyFanOut {
  /** To every socket that watches this user. */
  presence(presence: Presence): void;
  /** To the sockets here that watch this user. */
  presenceHere(presence: Presence): void;
  /** To the devices of this user here. */
  headHere(user: UserId, head: Head): void;
  /** To the devices of this user here. */
  goneHere(user: UserId, conversation: ConversationId): void;
  /** To these sockets. */
  online(socketIds: readonly string[], online: OnlineUser[]): void;
  /** To every socket here. */
  resync(reason: string, withinMs: number): void;
  /** To every socket here. */
  drain(withinMs: number): void;
}

/** What was told of a conversation. */
export interface Told {
  change(conversation: ConversationId, rev: number): void;
  head(user: UserId, head: Head): void;
  receipt(receipt: Receipt): void;
}

/** Emits by rooms, each payload encoded once for all its sockets. What fails is logged and counted, never thrown. */
export function createFanOut(
  io: RealtimeServer,
  report: {
    log: Logger;
    counters: Counters;
    traffic: Pick<Traffic, "fanOut">;
    /** Hears what the devices here were told. */
    told?: Told;
  },
): RealtimeFanOut {
  const attempt = (event: string, emit: () => void) => {
    const startedAt = performance.now();
    try {
      emit();
      report.traffic.fanOut(event, performance.now() - startedAt);
    } catch (error) {
      report.counters.fanOutFailures += 1;
      report.log.error({ err: error, event }, "fan-out failed");
    }
  };
  /** Socket.IO takes an empty list of rooms for everybody: it must never get one. */
  const to = (rooms: readonly string[], emit: (target: ReturnType<typeof io.to>) => void) => {
    if (rooms.length > 0) emit(io.to([...rooms]));
  };
  const users = (ids: readonly UserId[]) => ids.map(userRoom);

  return {
    change: (members, change) =>
      attempt("change", () => {
        for (const [audience, version] of versionsOf(members, change)) {
          to(users(audience), (target) => target.emit("change", version));
        }
        report.told?.change(change.conversationId, change.rev);
      }),
    head: (user, head) =>
      attempt("head", () => {
        io.to(userRoom(user)).emit("head", head);
        report.told?.head(user, head);
      }),
    gone: (user, conversationId) =>
      attempt("gone", () => io.to(userRoom(user)).emit("gone", { conversationId })),
    headHere: (user, head) =>
      attempt("head", () => {
        io.local.to(userRoom(user)).emit("head", head);
        report.told?.head(user, head);
      }),
    goneHere: (user, conversationId) =>
      attempt("gone", () => io.local.to(userRoom(user)).emit("gone", { conversationId })),
    receipt: (members, receipt) =>
      attempt("receipt", () => {
        to(users(members), (target) => target.emit("receipt", receipt));
        report.told?.receipt(receipt);
      }),
    endCredentials: (ids, reason) =>
      attempt("session:end", () =>
        to(ids.map(credentialRoom), (target) => {
          target.emit("session:end", { reason });
          target.disconnectSockets(true);
        }),
      ),
    typing: (ids, typing) =>
      attempt("typing", () => to(users(ids), (target) => target.volatile.emit("typing", typing))),
    presence: (presence) =>
      attempt("presence", () => io.to(presenceRoom(presence.userId)).emit("presence", presence)),
    presenceHere: (presence) =>
      attempt("presence", () => io.local.to(presenceRoom(presence.userId)).emit("presence", presence)),
    online: (socketIds, online) =>
      attempt("online", () => to(socketIds, (target) => target.local.emit("online", { online }))),
    resync: (reason, withinMs) => attempt("resync", () => io.local.emit("resync", { reason, withinMs })),
    drain: (withinMs) => attempt("drain", () => io.local.emit("drain", { withinMs })),
  };
}

/** Who gets which version of a change: the message's `clientId` is for its sender's devices alone. */
function versionsOf(members: readonly UserId[], change: Change): [readonly UserId[], Change][] {
  const { message } = change;
  if (message?.clientId === undefined) return [[members, change]];
  const sender = message.sender.id;
  return [
    [members.filter((member) => member === sender), change],
    [members.filter((member) => member !== sender), { ...change, message: forOthers(message) }],
  ];
}
