"use client";
import { useCallback, useSyncExternalStore } from "react";
import type { Store } from "@/lib/client/store";

/** The value of a store, drawn anew whenever it changes. */
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}

/**
 * A part of a store's value; draws anew only when that part changed. `select` must give the same value for the same
 * input, and be the same function as long as it selects the same.
 */
export function useSelected<T, S>(store: Store<T>, select: (value: T) => S): S {
  const get = useCallback(() => select(store.get()), [store, select]);
  return useSyncExternalStore(store.subscribe, get, get);
}
