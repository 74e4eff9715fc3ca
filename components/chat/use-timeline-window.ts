"use client";
import { useLayoutEffect, useState } from "react";
import type { TimelineRow } from "./timeline-rows";

export interface TimelineWindow {
  rows: readonly TimelineRow[];
  /** Rows were added or removed at the start: the list keeps its place from the end. */
  shift: boolean;
  /** Another number when the rows have nothing to do with those before: the list begins anew. */
  generation: number;
}

export interface WindowState extends TimelineWindow {
  /** The rows that this stands for, or is on the way to. */
  wanted: readonly TimelineRow[];
}

/**
 * Rows for a virtualized list that can only keep its place when either end changes, not both at once: when older rows come
 * in and newer ones are given up in one step, it takes two.
 */
export function useTimelineWindow(wanted: readonly TimelineRow[]): TimelineWindow {
  const [state, setState] = useState<WindowState>({ rows: wanted, wanted, shift: false, generation: 0 });
  // Derived from what was drawn before, so that drawing twice gives the same.
  let current = state;
  if (state.wanted !== wanted) {
    current = nextWindow(state, wanted);
    setState(current);
  }
  const unfinished = current.rows !== current.wanted;
  useLayoutEffect(() => {
    if (unfinished) setState((before) => ({ ...before, rows: before.wanted, shift: false }));
  }, [unfinished]);
  return current;
}

/** The first of at most two steps from what is drawn to what is wanted. Exported for its test. */
export function nextWindow(before: WindowState, wanted: readonly TimelineRow[]): WindowState {
  const { rows, generation } = before;
  const added = indexOfKey(wanted, rows[0]?.key);
  if (added === 0) return { rows: wanted, wanted, shift: false, generation };
  if (added > 0) return shifted([...wanted.slice(0, added), ...rows], wanted, generation);
  const removed = indexOfKey(rows, wanted[0]?.key);
  if (removed > 0) return shifted(rows.slice(removed), wanted, generation);
  return { rows: wanted, wanted, shift: false, generation: generation + 1 };
}

function shifted(
  rows: readonly TimelineRow[],
  wanted: readonly TimelineRow[],
  generation: number,
): WindowState {
  const done = rows.length === wanted.length && rows.every((row, index) => row.key === wanted[index]?.key);
  return { rows: done ? wanted : rows, wanted, shift: true, generation };
}

function indexOfKey(rows: readonly TimelineRow[], key: string | undefined): number {
  return key === undefined ? -1 : rows.findIndex((row) => row.key === key);
}
