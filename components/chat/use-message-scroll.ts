"use client";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import type { Timeline, TimelineState } from "@/lib/client/engine";
import { createScrollFollow, HOLD_MS } from "./scroll-follow";

/** Older and newer pages are fetched when this little is left to scroll. */
const AHEAD_PX = 1_200;
/** Where the "new messages" line comes to stand below the top. */
const LINE_OFFSET_PX = -64;

/** For how many frames after a change of size the end is held. */
const SETTLE_FRAMES = 8;

export interface MessageScrollOptions {
  scroller: RefObject<HTMLElement | null>;
  list: RefObject<VirtualizerHandle | null>;
  timeline: Timeline;
  state: TimelineState;
  /** Changes when the rows begin anew. */
  generation: number;
  /** Raised when the row to begin at was found late: the list begins again there. */
  foundLate: number;
  rowCount: number;
  /** The index of the row at which to begin; undefined for the end. */
  startIndex: number | undefined;
  onLook: () => void;
}

export interface MessageScroll {
  /** Whether the newest message is in view. */
  atEnd: boolean;
  toEnd(): void;
  onScroll(offset: number): void;
  onResize(): void;
  onScrollEnd(): void;
  /** The reader's hand is on the list. */
  onHold(): void;
}

/** Where the list of messages stands: it begins at the line or the end, stays at the end once there, and fetches ahead. */
export function useMessageScroll(options: MessageScrollOptions): MessageScroll {
  const { scroller, list, timeline, state, generation, foundLate, rowCount, startIndex, onLook } = options;
  const [atEnd, setAtEnd] = useState(true);
  const [follow] = useState(createScrollFollow);
  const begun = useRef({ generation: -1, late: 0 });
  const { hasOlder, hasNewer } = state;

  // Not by the list's own scrolling to a row, which goes on for a while and would pull back whoever scrolls up just then.
  const scrollToLast = useCallback(() => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, [scroller]);

  const onScroll = useCallback(
    (offset: number) => {
      const handle = list.current;
      if (!handle) return;
      const { viewportSize: viewport, scrollSize: size } = handle;
      setAtEnd(follow.scrolled({ offset, viewport, size }) && !hasNewer);
      if (hasOlder && offset < AHEAD_PX) timeline.loadOlder();
      if (hasNewer && size - offset - viewport < AHEAD_PX) timeline.loadNewer();
      onLook();
    },
    [list, follow, timeline, hasOlder, hasNewer, onLook],
  );

  useLayoutEffect(() => {
    const inMiddle = startIndex !== undefined;
    const isLate = inMiddle && foundLate > begun.current.late;
    if (rowCount === 0 || (begun.current.generation === generation && !isLate)) return;
    begun.current = { generation, late: inMiddle ? foundLate : begun.current.late };
    follow.set(!inMiddle);
    if (inMiddle) list.current?.scrollToIndex(startIndex, { align: "start", offset: LINE_OFFSET_PX });
    else scrollToLast();
  }, [generation, foundLate, rowCount, startIndex, list, follow, scrollToLast]);

  // After every change of the rows: stay at the end, or see what has come into view.
  useLayoutEffect(() => {
    if (follow.following && !follow.held && !hasNewer) scrollToLast();
    onScroll(list.current?.scrollOffset ?? 0);
  }, [follow, hasNewer, scrollToLast, onScroll, list]);

  const settling = useRef(0);
  const onResize = useCallback(() => {
    cancelAnimationFrame(settling.current);
    // The list is told of sizes before it is drawn with them; until then the end is out of its reach.
    const settle = (frames: number) => {
      // Whoever scrolls up just then must not be pulled back.
      if (!follow.following || follow.held || hasNewer) return;
      scrollToLast();
      if (frames > 0) settling.current = requestAnimationFrame(() => settle(frames - 1));
    };
    settle(SETTLE_FRAMES);
    onLook();
  }, [follow, hasNewer, scrollToLast, onLook]);
  useEffect(() => () => cancelAnimationFrame(settling.current), []);

  const toEnd = useCallback(() => {
    follow.set(true);
    if (hasNewer) timeline.jumpToLatest();
    else scrollToLast();
  }, [follow, hasNewer, timeline, scrollToLast]);

  const letGo = useRef<ReturnType<typeof setTimeout>>(undefined);
  const onHold = useCallback(() => {
    follow.touched();
    clearTimeout(letGo.current);
    // What came in meanwhile is caught up with, unless the reader went elsewhere.
    letGo.current = setTimeout(() => {
      if (follow.following && !hasNewer) scrollToLast();
    }, HOLD_MS);
  }, [follow, hasNewer, scrollToLast]);
  useEffect(() => () => clearTimeout(letGo.current), []);

  return { atEnd, toEnd, onScroll, onResize, onScrollEnd: follow.rested, onHold };
}
