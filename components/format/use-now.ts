"use client";
import { useCallback, useSyncExternalStore } from "react";

const listeners = new Map<number, Set<() => void>>();

/** One timer for each period, however many ask. */
function subscribe(periodMs: number, listener: () => void): () => void {
  const existing = listeners.get(periodMs);
  if (existing) {
    existing.add(listener);
    return () => existing.delete(listener);
  }
  const set = new Set([listener]);
  listeners.set(periodMs, set);
  const timer = setInterval(() => {
    if (set.size > 0) {
      for (const call of [...set]) call();
      return;
    }
    clearInterval(timer);
    listeners.delete(periodMs);
  }, periodMs);
  return () => set.delete(listener);
}

/** The time, drawn anew every `periodMs` (a minute by default), exact to that period. */
export function useNow(periodMs = 60_000): Date {
  const get = useCallback(() => Math.floor(Date.now() / periodMs) * periodMs, [periodMs]);
  const listen = useCallback((listener: () => void) => subscribe(periodMs, listener), [periodMs]);
  return new Date(useSyncExternalStore(listen, get, get));
}
