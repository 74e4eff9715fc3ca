/** What the browser tells about the world around the page. All of it is absent outside of a browser. */

/** Calls when the network came back or somebody looks at the page again: a good moment to be connected. */
export function onReturn(listener: () => void): () => void {
  if (typeof document === "undefined") return () => undefined;
  const whenVisible = () => {
    if (document.visibilityState === "visible") listener();
  };
  addEventListener("online", listener);
  addEventListener("pageshow", listener);
  document.addEventListener("visibilitychange", whenVisible);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("pageshow", listener);
    document.removeEventListener("visibilitychange", whenVisible);
  };
}

/** Calls when the page may be about to go away: the last moment to write something down. */
export function onLeave(listener: () => void): () => void {
  if (typeof document === "undefined") return () => undefined;
  const whenHidden = () => {
    if (document.visibilityState === "hidden") listener();
  };
  addEventListener("pagehide", listener);
  document.addEventListener("visibilitychange", whenHidden);
  return () => {
    removeEventListener("pagehide", listener);
    document.removeEventListener("visibilitychange", whenHidden);
  };
}

const SIGNS_OF_A_PERSON = ["pointerdown", "pointermove", "keydown", "input", "wheel", "touchmove"] as const;

/**
 * Calls with everything that shows that somebody is at the page: pointer, keys, wheel, looking at it again. Undefined
 * outside of a browser: no person is to be seen there.
 */
export function onSignOfAPerson(listener: () => void): (() => void) | undefined {
  if (typeof document === "undefined") return undefined;
  let place = "";
  const sign = (event: Event) => {
    if (!event.isTrusted || (event.type === "pointermove" && !hasMoved(event))) return;
    listener();
  };
  /** When the page moves below a pointer that rests, browsers tell of a move as well. */
  const hasMoved = (event: Event) => {
    if (!(event instanceof PointerEvent)) return false;
    const before = place;
    place = `${event.screenX} ${event.screenY}`;
    return place !== before;
  };
  const whenVisible = () => {
    if (document.visibilityState === "visible") listener();
  };
  for (const name of SIGNS_OF_A_PERSON) addEventListener(name, sign, { capture: true, passive: true });
  addEventListener("focus", listener);
  document.addEventListener("visibilitychange", whenVisible);
  return () => {
    for (const name of SIGNS_OF_A_PERSON) removeEventListener(name, sign, { capture: true });
    removeEventListener("focus", listener);
    document.removeEventListener("visibilitychange", whenVisible);
  };
}
