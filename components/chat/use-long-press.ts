"use client";
import { type PointerEvent, type SyntheticEvent, useCallback, useEffect, useRef } from "react";

const HOLD_MS = 420;
const SLACK_PX = 10;

/** Handlers that call `run` when a finger rests on an element; a press that moves is a scroll. */
export function useLongPress(run: (element: HTMLElement, point: { x: number; y: number }) => void) {
  const press = useRef<{ x: number; y: number; timer: ReturnType<typeof setTimeout> }>(undefined);
  const touched = useRef(false);
  const cancel = useCallback(() => {
    clearTimeout(press.current?.timer);
    press.current = undefined;
  }, []);
  useEffect(() => cancel, [cancel]);
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      touched.current = event.pointerType === "touch";
      if (!touched.current) return;
      const element = event.currentTarget;
      const point = { x: event.clientX, y: event.clientY };
      press.current = { ...point, timer: setTimeout(() => run(element, point), HOLD_MS) };
    },
    onPointerMove(event: PointerEvent) {
      const start = press.current;
      if (start && Math.hypot(event.clientX - start.x, event.clientY - start.y) > SLACK_PX) cancel();
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
    /** A finger's long press also asks for the browser's menu on some phones. */
    onContextMenu(event: SyntheticEvent) {
      if (touched.current) event.preventDefault();
    },
  };
}
