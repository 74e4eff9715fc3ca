import type { ClientResults } from "@/lib/contract/client-events";
import type { ConversationId, DeviceId, UserId } from "@/lib/contract/ids";
import type { Change, Head } from "@/lib/contract/shapes";
import { onSignOfAPerson } from "./browser-events";
import { type Cache, createCache } from "./cache";
import type { Call } from "./call";
import { type Clock, createStoppableClock, type StoppableClock, systemClock } from "./clock";
import { type Connection, createConnection } from "./connection";
import { createDeliveries, type Deliveries } from "./deliveries";
import { browserDevice } from "./device";
import { browserFrame, createPublisher, type Frame } from "./frame";
import { createGuardedStorage } from "./guarded-storage";
import { createIdleness, type Idleness } from "./idleness";
import { openIndexedDbStorage } from "./indexed-db-storage";
import { keepsake } from "./keepsake";
import { createOnlineWatch, type OnlineWatch } from "./online-watch";
import { createOutbox, type Outbox } from "./outbox";
import { createPatientCall } from "./patient-call";
import { createPresenceWatch, type PresenceWatch } from "./presence-watch";
import { createReadCursor, type ReadCursor } from "./read-cursor";
import { createReplicas, type Replicas } from "./replicas";
import type { ClientStorage } from "./storage";
import { createStore, type Store } from "./store";
import { createSynchronizer, type Synchronizer } from "./synchronizer";
import { openTabChannel, type TabChannel } from "./tab-channel";

export interface EngineOptions {
  /** Who is signed in: cache and outbox are theirs alone. */
  userId: UserId;
  /** Origin of the server; the page's own when absent. */
  url?: string;
  /** Instead of the session cookie. */
  token?: string;
  device?: DeviceId;
  clock?: Clock;
  frame?: Frame;
  storage?: () => Promise<ClientStorage>;
}

/** What happens in the parts and concerns the whole engine. */
export interface EngineEvents {
  /** Connected, and the snapshot of this connection was taken. */
  isSynced(): boolean;
  connected(): void;
  lost(planned: boolean): void;
  refused(): void;
  snapshot(snapshot: ClientResults["sync"], take: (heads: readonly Head[]) => void): void;
  applied(change: Change): void;
}

export interface EngineParts {
  clock: StoppableClock;
  /** Whether what is typed survives a reload. */
  persistent: Store<boolean>;
  connection: Connection;
  patientCall: Call;
  replicas: Replicas;
  outbox: Outbox;
  cache: Cache;
  deliveries: Deliveries;
  readCursor: ReadCursor;
  presence: PresenceWatch;
  online: OnlineWatch;
  idleness: Idleness;
  synchronizer: Synchronizer;
  tabs: TabChannel;
}

/** Snapshots that are asked for because something did not fit are spread over this time, in milliseconds. */
const RESYNC_MS = 500;

/** Builds the parts and ties them together; nothing happens yet but that storage is opened. */
export function assembleEngine(options: EngineOptions, events: EngineEvents): EngineParts {
  const { userId: user } = options;
  const clock = createStoppableClock(options.clock ?? systemClock);
  const persistent = createStore(true);
  const storage = createGuardedStorage(options.storage ?? openIndexedDbStorage, () => persistent.set(false));
  const device = options.device ?? browserDevice();
  const connection = createConnection({
    url: options.url ?? location.origin,
    auth: () => ({
      device,
      ...(options.token === undefined ? {} : { token: options.token }),
      ...idleness.handshake(),
    }),
    clock,
    onConnect: events.connected,
    onLoss: events.lost,
    onRefused: events.refused,
  });
  const { call } = connection;
  const isConnected = () => connection.connected;
  const patientCall = createPatientCall(call, clock);
  const idleness = createIdleness({ clock, call, isConnected, watch: onSignOfAPerson });

  const publish = createPublisher<ConversationId>(options.frame ?? browserFrame, (changed) => {
    for (const id of changed) outbox.reached(id, replicas.get(id)?.rev ?? Number.POSITIVE_INFINITY);
    replicas.publish(changed);
  });
  const changed = (id: ConversationId) => {
    cache.touch(id);
    publish(id);
  };

  const tabs = openTabChannel(user, (message) => outbox.hear(message));
  const isApplied = (id: ConversationId, rev: number) => {
    const replica = replicas.get(id);
    replica?.expect(rev);
    return replica === undefined || replica.rev >= rev;
  };
  const outbox = createOutbox({
    user,
    storage,
    clock,
    call,
    isConnected,
    post: tabs.post,
    changed,
    isApplied,
  });
  const replicas = createReplicas({
    me: user,
    clock,
    call,
    isConnected,
    isSynced: events.isSynced,
    pending: outbox.waiting,
    changed,
    applied: events.applied,
    lost: () => synchronizer.soon(RESYNC_MS),
    dropped: (id) => cache.drop(id),
  });
  const cache = createCache({ user, storage, clock, read: (id) => keepsake(replicas.get(id), clock.now()) });
  const readSeq = (id: ConversationId) => replicas.get(id)?.head.told?.readSeq ?? 0;
  const deliveries = createDeliveries({ clock, call, isConnected, readSeq });
  const readCursor = createReadCursor({ clock, call, patientCall, isConnected, replica: replicas.get });
  const synchronizer = createSynchronizer({
    clock,
    call,
    isConnected,
    begin() {
      const take = replicas.beginSnapshot();
      return (snapshot) => events.snapshot(snapshot, take);
    },
    refused: events.refused,
  });

  return {
    clock,
    persistent,
    connection,
    patientCall,
    replicas,
    outbox,
    cache,
    deliveries,
    readCursor,
    presence: createPresenceWatch({ clock, call, isConnected }),
    online: createOnlineWatch(call),
    idleness,
    synchronizer,
    tabs,
  };
}
