import type { OnlineUser } from "@/lib/contract/shapes";
import type { Call } from "./call";
import type { Store } from "./store";
import { createWatchedStore } from "./watched-store";

export interface OnlineWatch {
  readonly store: Store<OnlineUser[] | undefined>;
  take(online: OnlineUser[]): void;
  /** After a connect: asks again when somebody looks. */
  renew(): void;
}

/** Who is online, for admins: asked for while somebody looks. A refusal leaves it undefined. */
export function createOnlineWatch(call: Call): OnlineWatch {
  const ask = async (on: boolean) => {
    const answer = await call("online:watch", { on });
    if (answer.ok && on && store.watched) store.set(answer.online);
  };
  const store = createWatchedStore<OnlineUser[] | undefined>(undefined, {
    begin: () => void ask(true),
    end() {
      store.set(undefined);
      void ask(false);
    },
  });
  return {
    store,
    take(online) {
      if (store.watched) store.set(online);
    },
    renew() {
      if (store.watched) void ask(true);
    },
  };
}
