"use client";
import { createContext, useCallback, useContext, useSyncExternalStore } from "react";

/** When the server drew the page, in milliseconds: the browser begins with the same time, however late it takes over. */
export const DrawnAtContext = createContext(0);

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
  const drawnAt = useContext(DrawnAtContext);
  const get = useCallback(() => roundDown(Date.now(), periodMs), [periodMs]);
  const getDrawn = useCallback(() => roundDown(drawnAt, periodMs), [drawnAt, periodMs]);
  const listen = useCallback((listener: () => void) => subscribe(periodMs, listener), [periodMs]);
  return new Date(useSyncExternalStore(listen, get, getDrawn));
}

function roundDown(at: number, periodMs: number): number {
  return Math.floor(at / periodMs) * periodMs;
}
