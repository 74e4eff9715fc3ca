"use client";
import { useCallback, useEffect, useRef } from "react";
import type { Head } from "@/lib/contract/shapes";
import { useEngine } from "../engine/engine-context";
import { isAttended } from "./use-attention";

export interface MarkRead {
  /** Asks again what is in view. */
  look(): void;
  /** Nothing more is marked until somebody comes back: they said themselves what is unread. */
  suspend(): void;
  resume(): void;
}

/**
 * Marks as read what was in view while somebody may have looked: `lastInView` tells the number of the last message in
 * view, or undefined.
 */
export function useMarkRead(head: Head, attended: boolean, lastInView: () => number | undefined): MarkRead {
  const engine = useEngine();
  const suspended = useRef(false);
  const { id, readSeq, unread } = head;
  const look = useCallback(() => {
    if (unread === 0 || suspended.current || !isAttended()) return;
    const seq = lastInView();
    if (seq !== undefined && seq > readSeq) engine.markRead(id, seq);
  }, [engine, id, readSeq, unread, lastInView]);
  useEffect(() => {
    if (!attended) suspended.current = false;
    else look();
  }, [attended, look]);
  const suspend = useCallback(() => {
    suspended.current = true;
  }, []);
  const resume = useCallback(() => {
    suspended.current = false;
    look();
  }, [look]);
  return { look, suspend, resume };
}
