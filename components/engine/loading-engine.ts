import type { Engine, Timeline } from "@/lib/client/engine";
import { createStore } from "@/lib/client/store";

const UNREACHABLE = {
  ok: false,
  error: { code: "unavailable", message: "The page is still loading." },
} as const;

const timeline: Timeline = {
  ...createStore({
    status: "loading" as const,
    messages: [],
    pending: [],
    hasOlder: false,
    hasNewer: false,
    loadingOlder: false,
    loadingNewer: false,
  }),
  loadOlder: () => undefined,
  loadNewer: () => undefined,
  jumpTo: () => undefined,
  jumpToLatest: () => undefined,
};

const presence = createStore(undefined);

/** What the server and the first moment in the browser draw with: everything is still loading, nothing is connected. */
export const loadingEngine: Engine = {
  start: () => undefined,
  stop: () => undefined,
  connection: createStore({ state: "connecting" as const }),
  conversations: createStore({ status: "loading" as const, heads: [], byId: new Map(), unread: 0 }),
  persistent: createStore(true),
  timeline: () => timeline,
  presence: () => presence,
  online: createStore(undefined),
  openConversation: async () => UNREACHABLE,
  searchPeople: async () => UNREACHABLE,
  send: () => undefined,
  retry: () => undefined,
  discard: () => undefined,
  edit: async () => UNREACHABLE,
  remove: async () => UNREACHABLE,
  markRead: () => undefined,
  markUnread: async () => UNREACHABLE,
};
