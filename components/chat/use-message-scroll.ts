"use client";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import type { Timeline, TimelineState } from "@/lib/client/engine";
import { createScrollFollow, HOLD_MS, ROUNDING_PX, type ScrollPosition } from "./scroll-follow";

/** Older and newer pages are fetched when this little is left to scroll. */
const AHEAD_PX = 1_200;
/** How far below the top the "new messages" line comes to stand. */
const ABOVE_LINE_PX = 64;

/** For how many frames after a change of size the list is held at its place. */
const SETTLE_FRAMES = 8;

export interface MessageScrollOptions {
  scroller: RefObject<HTMLElement | null>;
  list: RefObject<VirtualizerHandle | null>;
  timeline: Timeline;
  state: TimelineState;
  /** Changes when the rows begin anew. */
  generation: number;
  /** Rows were added or given up at the start. */
  shift: boolean;
  /** Raised when the row to begin at was found late: the list begins again there. */
  foundLate: number;
  /** The index of the row at which to begin; undefined for the end. */
  startIndex: number | undefined;
  /** Changes with the rows. */
  onLook: () => void;
}

export interface MessageScroll {
  /** Whether the newest message is in view. */
  atEnd: boolean;
  toEnd(): void;
  onScroll(): void;
  onResize(): void;
  onScrollEnd(): void;
  /** The reader's hand is on the list, by the wheel or otherwise. */
  onHold(by?: "wheel"): void;
}

/**
 * Where the list of messages stands: it begins at the line or the end, stays at the end once there, and fetches ahead.
 * Nothing but this moves it, and only after a look at where the reader has it: the list's own scrolling to a row goes on
 * for as long as rows are measured, and would pull back whoever scrolls meanwhile.
 */
export function useMessageScroll(options: MessageScrollOptions): MessageScroll {
  const { scroller, list, timeline, generation, shift, foundLate, startIndex, onLook } = options;
  const { hasOlder, hasNewer } = options.state;
  const [atEnd, setAtEnd] = useState(true);
  const [follow] = useState(createScrollFollow);
  // What goes on for some frames goes by the rows of the day, not by those that it began with.
  const drawn = useRef({ hasNewer, startIndex });
  useLayoutEffect(() => {
    drawn.current = { hasNewer, startIndex };
  }, [hasNewer, startIndex]);

  const look = useCallback(() => {
    const element = scroller.current;
    let position = positionOf(element);
    if (!element || !position) return;
    const lost = follow.lost(position);
    if (lost > 0) {
      element.scrollTop = position.top + lost;
      position = { ...position, top: element.scrollTop };
      follow.moved(position);
    }
    setAtEnd(follow.look(position, !drawn.current.hasNewer));
  }, [scroller, follow]);

  const move = useCallback(() => {
    const element = scroller.current;
    const position = positionOf(element);
    if (!element || !position || follow.place === "free") return;
    const end = position.size - position.viewport;
    const wanted = follow.place === "end" ? end : lineTop(list.current, drawn.current.startIndex);
    if (wanted === undefined) return;
    const top = Math.max(0, Math.min(wanted, end));
    // What is in its place is left alone: to write it again would end a scrolling that has just begun.
    if (Math.abs(position.top - top) > ROUNDING_PX) element.scrollTop = top;
    follow.moved({ ...position, top: element.scrollTop });
    setAtEnd(top === end && !drawn.current.hasNewer);
  }, [scroller, list, follow]);

  /** Keeps the list at its place, unless the reader took it elsewhere or is about to. */
  const hold = useCallback(() => {
    look();
    if (!follow.held && !(follow.place === "end" && drawn.current.hasNewer)) move();
  }, [look, move, follow]);

  const settling = useRef(0);
  const settle = useCallback(() => {
    cancelAnimationFrame(settling.current);
    // The list is told of sizes before it is drawn with them; until then its place is out of its reach.
    const next = (frames: number) => {
      hold();
      if (frames > 0) settling.current = requestAnimationFrame(() => next(frames - 1));
      else follow.settled();
    };
    next(SETTLE_FRAMES);
  }, [hold, follow]);
  useEffect(() => () => cancelAnimationFrame(settling.current), []);

  const fetchAhead = useCallback(() => {
    const position = positionOf(scroller.current);
    if (!position) return;
    const { top, viewport, size } = position;
    if (hasOlder && top < AHEAD_PX) timeline.loadOlder();
    if (hasNewer && size - top - viewport < AHEAD_PX) timeline.loadNewer();
  }, [scroller, timeline, hasOlder, hasNewer]);

  const jumping = useRef(false);
  const begun = useRef({ generation: -1, late: 0 });
  useLayoutEffect(() => {
    const isNew = begun.current.generation !== generation;
    const isLate = startIndex !== undefined && foundLate > begun.current.late;
    if (!isNew && !isLate) return;
    begun.current = { generation, late: startIndex === undefined ? begun.current.late : foundLate };
    // Whoever has begun to read stays where they are.
    if (!isNew && follow.taken) return;
    follow.put(startIndex === undefined || jumping.current ? "end" : "line");
    move();
    settle();
  }, [generation, foundLate, startIndex, follow, move, settle]);

  // After every change of the rows: stay in place, and see what has come into view.
  useLayoutEffect(() => {
    if (!hasNewer) jumping.current = false;
    const position = shift ? positionOf(scroller.current) : undefined;
    if (position) follow.grewAbove(position);
    hold();
    fetchAhead();
    onLook();
  }, [hasNewer, shift, scroller, follow, hold, fetchAhead, onLook]);

  const onScroll = useCallback(() => {
    look();
    fetchAhead();
    onLook();
  }, [look, fetchAhead, onLook]);

  const onResize = useCallback(() => {
    settle();
    onLook();
  }, [settle, onLook]);

  const onScrollEnd = useCallback(() => {
    const position = positionOf(scroller.current);
    if (position) follow.rested(position, !drawn.current.hasNewer);
  }, [scroller, follow]);

  const toEnd = useCallback(() => {
    follow.put("end");
    jumping.current = hasNewer;
    if (hasNewer) timeline.jumpToLatest();
    else move();
  }, [follow, hasNewer, timeline, move]);

  const letGo = useRef<ReturnType<typeof setTimeout>>(undefined);
  const onHold = useCallback(
    (by?: "wheel") => {
      follow.touched(by);
      clearTimeout(letGo.current);
      // What came in meanwhile is caught up with, in a frame: only then the page knows where the reader has scrolled to.
      letGo.current = setTimeout(() => requestAnimationFrame(settle), HOLD_MS);
    },
    [follow, settle],
  );
  useEffect(() => () => clearTimeout(letGo.current), []);

  return { atEnd, toEnd, onScroll, onResize, onScrollEnd, onHold };
}

/** Undefined while it has no box. */
function positionOf(element: HTMLElement | null): ScrollPosition | undefined {
  if (element === null || element.clientHeight === 0) return undefined;
  return { top: element.scrollTop, viewport: element.clientHeight, size: element.scrollHeight };
}

/** Where the list stands when the line is near its top; undefined while there is no line. */
function lineTop(list: VirtualizerHandle | null, index: number | undefined): number | undefined {
  return list === null || index === undefined ? undefined : list.getItemOffset(index) - ABOVE_LINE_PX;
}
