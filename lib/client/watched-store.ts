import { createStore, type WritableStore } from "./store";

/** A store that knows whether somebody looks at it: `begin` at the first subscriber, `end` when the last one left. */
export function createWatchedStore<T>(
  initial: T,
  watch: { begin(): void; end(): void },
): WritableStore<T> & { readonly watched: boolean } {
  const inner = createStore(initial);
  let subscribers = 0;
  return {
    get: inner.get,
    set: inner.set,
    update: inner.update,
    get watched() {
      return subscribers > 0;
    },
    subscribe(listener) {
      const unsubscribe = inner.subscribe(listener);
      subscribers += 1;
      if (subscribers === 1) watch.begin();
      let subscribed = true;
      return () => {
        if (!subscribed) return;
        subscribed = false;
        unsubscribe();
        subscribers -= 1;
        if (subscribers === 0) watch.end();
      };
    },
  };
}
