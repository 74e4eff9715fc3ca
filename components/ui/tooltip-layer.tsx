"use client";
import { useEffect, useRef, useState } from "react";

interface Shown {
  text: string;
  hint: string | undefined;
  anchor: DOMRect;
  side: string | undefined;
}

const DELAY_MS = 450;
const GAP_PX = 6;

/**
 * One tooltip for the whole page: shows the `data-tooltip` of what the pointer rests on or the keyboard has focused, with
 * `data-tooltip-hint` beside it, on the `data-tooltip-side`. Only repeats a name that the element has by itself, so it is
 * hidden from screen readers. Escape, a press or scrolling puts it away.
 */
export function TooltipLayer() {
  const [shown, setShown] = useState<Shown>();
  useEffect(() => watchTooltips(setShown), []);
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = card.current;
    if (!element || !shown) return;
    element.showPopover();
    const { left, top } = place(shown, element.getBoundingClientRect());
    element.style.left = `${left}px`;
    element.style.top = `${top}px`;
  }, [shown]);
  if (!shown) return null;
  return (
    <div
      ref={card}
      aria-hidden="true"
      popover="manual"
      className="pointer-events-none fixed inset-auto m-0 max-w-64 animate-fade rounded-control bg-ink px-2 py-1 text-xs text-surface"
    >
      {shown.text}
      {shown.hint && <kbd className="ms-2 font-sans opacity-70">{shown.hint}</kbd>}
    </div>
  );
}

function place({ anchor, side }: Shown, size: DOMRect): { left: number; top: number } {
  const middle = { x: anchor.left + anchor.width / 2, y: anchor.top + anchor.height / 2 };
  const positions: Record<string, { left: number; top: number }> = {
    right: { left: anchor.right + GAP_PX, top: middle.y - size.height / 2 },
    left: { left: anchor.left - GAP_PX - size.width, top: middle.y - size.height / 2 },
    top: { left: middle.x - size.width / 2, top: anchor.top - GAP_PX - size.height },
    bottom: { left: middle.x - size.width / 2, top: anchor.bottom + GAP_PX },
  };
  const wanted = positions[side ?? "bottom"] ?? { left: anchor.left, top: anchor.bottom + GAP_PX };
  return {
    left: Math.min(Math.max(8, wanted.left), window.innerWidth - size.width - 8),
    top: Math.min(Math.max(8, wanted.top), window.innerHeight - size.height - 8),
  };
}

/** Calls `show` with what is to be shown, or undefined; returns the way to stop. */
function watchTooltips(show: (shown: Shown | undefined) => void): () => void {
  let current: HTMLElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = new AbortController();
  const hide = () => {
    clearTimeout(timer);
    if (current === undefined) return;
    current = undefined;
    show(undefined);
  };
  const reveal = (element: HTMLElement) => {
    const { tooltip, tooltipHint, tooltipSide } = element.dataset;
    if (!element.isConnected || tooltip === undefined) return;
    show({ text: tooltip, hint: tooltipHint, side: tooltipSide, anchor: element.getBoundingClientRect() });
  };
  const enter = (target: EventTarget | null, delay: number) => {
    const element = target instanceof Element ? target.closest<HTMLElement>("[data-tooltip]") : null;
    if (element === current) return;
    hide();
    if (element === null) return;
    current = element;
    timer = setTimeout(() => reveal(element), delay);
  };
  const options = { signal: stop.signal, capture: true, passive: true };
  document.addEventListener(
    "pointerover",
    (event) => event.pointerType === "mouse" && enter(event.target, DELAY_MS),
    options,
  );
  document.addEventListener(
    "focusin",
    (event) => {
      if (event.target instanceof Element && event.target.matches(":focus-visible")) enter(event.target, 0);
    },
    options,
  );
  for (const name of ["focusout", "pointerdown", "keydown", "scroll"])
    document.addEventListener(name, hide, options);
  return () => {
    stop.abort();
    clearTimeout(timer);
  };
}
