import { createPasswords } from "@/lib/auth/passwords";
import { sha256Digest, systemRandomness } from "@/lib/auth/secrets";
import { Traffic } from "@/lib/ops/metrics/traffic";
import { createCounters } from "@/lib/realtime/counters";
import { createFanOut } from "@/lib/realtime/fan-out";
import { createSocketServer } from "@/lib/realtime/socket-server";
import { createConversationMembers } from "@/lib/store/conversation-members";
import { createConversationStore } from "@/lib/store/conversation-store";
import type { StoreConnections } from "@/lib/store/database";
import { createPeopleStore } from "@/lib/store/people-store";
import { buildAccountUseCases } from "@/lib/usecases/build-accounts";
import { buildConversationUseCases } from "@/lib/usecases/build-conversations";
import { buildPresenceUseCases } from "@/lib/usecases/build-presence";
import { createSendRate } from "@/lib/usecases/send-rate";
import type { JoinedCluster } from "./join-cluster";
import type { RunningProcess } from "./running-process";

/** What a node does, and Socket.IO, not yet listening. */
export type Services = ReturnType<typeof composeServices>;

/** Use cases on the database, and Socket.IO, which is both below them (the fan-out) and above them (the gateway). */
export function composeServices(
  { config, log, lifecycle }: RunningProcess,
  connections: StoreConnections,
  { cluster, told }: JoinedCluster,
) {
  const { adapter } = cluster;
  const io = createSocketServer(adapter === undefined ? {} : { adapter });
  const counters = createCounters();
  const traffic = new Traffic();
  const fanOut = createFanOut(io, { log, counters, traffic, told });
  const people = createPeopleStore(connections.db);
  const store = createConversationStore(connections, traffic);
  lifecycle.onShutdown("work", "conversation store", () => store.close());
  const registry = cluster.presence;
  const clock = { now: () => new Date() };
  const randomness = systemRandomness;
  const useCases = {
    accounts: buildAccountUseCases({
      ...{ people, randomness, fanOut, clock },
      passwords: createPasswords(),
      digest: sha256Digest,
      sessionLife: config.sessions,
      throttleSignIns: config.limits.rates,
    }),
    conversations: buildConversationUseCases({
      ...{ store, people, fanOut, randomness },
      admitSend: createSendRate(config.limits, () => performance.now()),
    }),
    presence: buildPresenceUseCases({
      ...{ people, registry, fanOut },
      members: createConversationMembers(connections.db),
    }),
  };
  return { io, counters, traffic, fanOut, people, store, registry, clock, useCases };
}
